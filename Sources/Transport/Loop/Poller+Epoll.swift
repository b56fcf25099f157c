#if os(Linux)
    import CLinux
    import Glibc

    /// epoll(7), level-triggered.
    final class NativePoller: Poller {
        private let descriptor: Descriptor
        private var ready = [epoll_event](repeating: epoll_event(), count: PollerLimit.events)

        init() throws(TransportFailure) {
            let number = epoll_create1(Int32(EPOLL_CLOEXEC))
            guard number >= 0 else { throw .system(.watch, code: errno) }
            descriptor = Descriptor(owning: number)
        }

        func change(
            _ descriptor: Int32, from old: Readiness, to new: Readiness, token: UInt64
        ) throws(TransportFailure) {
            // Errors and hang-ups are told even of what waits for nothing: that must not be in the set.
            let operation = new.isEmpty ? EPOLL_CTL_DEL : old.isEmpty ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
            var event = epoll_event()
            event.events = Self.events(of: new)
            event.data.u64 = token
            guard epoll_ctl(self.descriptor.number, operation, descriptor, &event) != 0, !new.isEmpty else {
                return
            }
            throw .system(.watch, code: errno)
        }

        func wait(milliseconds: Int32, into events: inout [PollerEvent]) {
            let count = epoll_wait(descriptor.number, &ready, Int32(PollerLimit.events), milliseconds)
            guard count > 0 else { return }
            for event in ready[..<Int(count)] {
                events.append(PollerEvent(token: event.data.u64, readiness: Self.readiness(of: event.events)))
            }
        }

        private static func events(of interest: Readiness) -> UInt32 {
            (interest.contains(.readable) ? EPOLLIN.rawValue : 0)
                | (interest.contains(.writable) ? EPOLLOUT.rawValue : 0)
        }

        private static func readiness(of events: UInt32) -> Readiness {
            if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { return .any }
            var readiness: Readiness = []
            if events & EPOLLIN.rawValue != 0 { readiness.insert(.readable) }
            if events & EPOLLOUT.rawValue != 0 { readiness.insert(.writable) }
            return readiness
        }
    }
#endif
