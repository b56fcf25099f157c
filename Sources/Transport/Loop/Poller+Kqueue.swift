#if canImport(Darwin)
    import Darwin

    /// kqueue(2), level-triggered.
    final class NativePoller: Poller {
        private let descriptor: Descriptor
        private var ready = [kevent](repeating: kevent(), count: PollerLimit.events)

        init() throws(TransportFailure) {
            let number = kqueue()
            guard number >= 0 else { throw .system(.watch, code: errno) }
            descriptor = Descriptor(owning: number)
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        }

        /// Reading and writing are two filters, each added or deleted by itself.
        func change(
            _ descriptor: Int32, from old: Readiness, to new: Readiness, token: UInt64
        ) throws(TransportFailure) {
            for (part, filter) in [(Readiness.readable, EVFILT_READ), (.writable, EVFILT_WRITE)] {
                guard old.contains(part) != new.contains(part) else { continue }
                var change = kevent(
                    ident: UInt(descriptor), filter: Int16(filter),
                    flags: UInt16(new.contains(part) ? EV_ADD : EV_DELETE), fflags: 0, data: 0,
                    udata: UnsafeMutableRawPointer(bitPattern: UInt(token)))
                let result = kevent(self.descriptor.number, &change, 1, nil, 0, nil)
                guard result < 0, new.contains(part) else { continue }
                throw .system(.watch, code: errno)
            }
        }

        func wait(milliseconds: Int32, into events: inout [PollerEvent]) {
            var limit = timespec(
                tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
            let count = kevent(descriptor.number, nil, 0, &ready, Int32(PollerLimit.events), &limit)
            guard count > 0 else { return }
            for event in ready[..<Int(count)] {
                let token = UInt64(UInt(bitPattern: event.udata))
                let isOver = event.flags & UInt16(EV_ERROR) != 0
                let part: Readiness = Int32(event.filter) == EVFILT_WRITE ? .writable : .readable
                events.append(PollerEvent(token: token, readiness: isOver ? .any : part))
            }
        }
    }
#endif
