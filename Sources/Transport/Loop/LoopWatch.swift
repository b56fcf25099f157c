/// A descriptor that the loop looks after, and what its owner waits for.
package final class LoopWatch {
    package struct Interest: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let readable = Self(rawValue: 1)
        package static let writable = Self(rawValue: 2)
    }

    let descriptor: Int32
    let handler: (Interest) -> Void
    private unowned let loop: EventLoop

    package var interest: Interest {
        didSet { if interest != oldValue { loop.watchesChanged() } }
    }

    init(descriptor: Int32, interest: Interest, loop: EventLoop, handler: @escaping (Interest) -> Void) {
        self.descriptor = descriptor
        self.interest = interest
        self.loop = loop
        self.handler = handler
    }
}
