/// What an ``EventLoop`` sleeps in: the kernel's word about which descriptors are ready. Used by the loop's thread alone.
///
/// An event names the watch that it is for, not the descriptor: a number that was closed and given to another file
/// meanwhile is then never mistaken for the old one.
protocol Poller: AnyObject {
    /// Changes what is waited for, from `old` to `new`; both are empty where the descriptor was or will be unwatched.
    ///
    /// The cost does not depend on how many others are watched.
    /// - Throws: ``TransportFailure/system(_:code:)`` when the kernel takes no further descriptor.
    func change(_ descriptor: Int32, from old: Readiness, to new: Readiness, token: UInt64)
        throws(TransportFailure)

    /// Waits until something is ready, at most so long, and adds what is to `events`; at most ``PollerLimit`` of them.
    func wait(milliseconds: Int32, into events: inout [PollerEvent])
}

/// One descriptor that is ready.
struct PollerEvent {
    let token: UInt64
    let readiness: Readiness
}

/// What a descriptor is watched for, or ready for. An error and a hang-up make it ready for everything: the next read or
/// write tells which it was.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let readable = Self(rawValue: 1)
    package static let writable = Self(rawValue: 2)
    /// Nothing will be told of the descriptor any more: the loop ends, or the kernel has no room to watch it. The cause is
    /// ``EventLoop/lossCause``.
    package static let lost = Self(rawValue: 4)

    static let any: Self = [.readable, .writable]
}

/// How many events are handled before the loop looks at its jobs and timers again.
enum PollerLimit {
    static let events = 64
}

/// Which of the system's calls a loop sleeps in.
package enum PollerKind: Sendable {
    /// epoll(7) on Linux, kqueue(2) on Darwin: a wake-up costs the same however many descriptors are watched.
    case native
    /// poll(2), which every system has.
    case portable

    func make() throws(TransportFailure) -> any Poller {
        switch self {
        case .native: try NativePoller()
        case .portable: PortablePoller()
        }
    }
}
