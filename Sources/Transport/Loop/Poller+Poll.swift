import Foundation

/// poll(2): the whole set goes to the kernel with each call, so a wake-up costs the more the more is watched.
final class PortablePoller: Poller {
    private var set: [pollfd] = []
    private var tokens: [UInt64] = []
    private var positions: [UInt64: Int] = [:]

    func change(
        _ descriptor: Int32, from old: Readiness, to new: Readiness, token: UInt64
    ) throws(TransportFailure) {
        guard let position = positions[token] else { return add(descriptor, new, token) }
        if new.isEmpty { remove(at: position) } else { set[position].events = Self.events(of: new) }
    }

    private func add(_ descriptor: Int32, _ interest: Readiness, _ token: UInt64) {
        guard !interest.isEmpty else { return }
        positions[token] = set.count
        set.append(pollfd(fd: descriptor, events: Self.events(of: interest), revents: 0))
        tokens.append(token)
    }

    /// The last entry takes the place of the one that goes.
    private func remove(at position: Int) {
        positions[tokens[position]] = nil
        let (last, lastToken) = (set.removeLast(), tokens.removeLast())
        guard position < set.count else { return }
        (set[position], tokens[position]) = (last, lastToken)
        positions[lastToken] = position
    }

    func wait(milliseconds: Int32, into events: inout [PollerEvent]) {
        var left = poll(&set, nfds_t(set.count), milliseconds)
        for (position, entry) in set.enumerated() where entry.revents != 0 {
            guard left > 0, events.count < PollerLimit.events else { return rotate(after: position) }
            left -= 1
            events.append(PollerEvent(token: tokens[position], readiness: Self.readiness(of: entry.revents)))
        }
    }

    /// What stands behind a full batch comes first the next time: those in front would else keep it waiting for ever.
    private func rotate(after position: Int) {
        set = Array(set[position...] + set[..<position])
        tokens = Array(tokens[position...] + tokens[..<position])
        for (position, token) in tokens.enumerated() { positions[token] = position }
    }

    private static func events(of interest: Readiness) -> Int16 {
        Int16((interest.contains(.readable) ? POLLIN : 0) | (interest.contains(.writable) ? POLLOUT : 0))
    }

    private static func readiness(of events: Int16) -> Readiness {
        if events & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { return .any }
        var readiness: Readiness = []
        if events & Int16(POLLIN) != 0 { readiness.insert(.readable) }
        if events & Int16(POLLOUT) != 0 { readiness.insert(.writable) }
        return readiness
    }
}
