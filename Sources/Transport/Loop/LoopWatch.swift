/// A socket that a loop looks after, and what its owner waits for. It ends with its owner: when nobody holds the watch any
/// more, the socket leaves the poller, and only then may its descriptor be closed.
///
/// Its handler is kept by the loop and is to hold the owner weakly. Loop only, but for letting go of it.
package final class LoopWatch {
    private let loop: EventLoop
    private let token: UInt64

    package var interest: Readiness {
        didSet { if interest != oldValue { loop.setInterest(interest, of: token) } }
    }

    init(loop: EventLoop, token: UInt64, interest: Readiness) {
        (self.loop, self.token, self.interest) = (loop, token, interest)
    }

    deinit {
        if loop.isCurrent { return loop.unwatch(token) }
        loop.execute { [loop, token] in loop.unwatch(token) }
    }
}
