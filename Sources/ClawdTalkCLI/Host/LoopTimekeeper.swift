import Ports
import Transport

/// The loop's clock and timers as the rules know them.
final class LoopTimekeeper: Timekeeper {
    private let loop: EventLoop

    init(_ loop: EventLoop) { self.loop = loop }

    var now: Duration { loop.now }

    func schedule(after delay: Duration, _ action: @escaping () -> Void) -> any Cancellable {
        Scheduled(loop.schedule(after: delay, action))
    }

    private final class Scheduled: Cancellable {
        private let timer: LoopTimer
        init(_ timer: LoopTimer) { self.timer = timer }
        func cancel() { timer.cancel() }
    }
}
