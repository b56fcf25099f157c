import Storage
import Transport

/// Writes files off the loop, one after another, and tells the loop what became of it: a disk that takes seconds for an
/// fsync stalls no call. Loop only.
///
/// What stays on the loop is a plain write(2) without fsync: the journal of open questions and the log.
final class LoopStorage {
    private let loop: EventLoop
    private let queue: StorageQueue

    init(on loop: EventLoop, queue: StorageQueue = .shared) { (self.loop, self.queue) = (loop, queue) }

    /// - Parameter completion: called on the loop, later.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result, then completion: @escaping (Result) -> Void = { _ in }
    ) {
        let completion = LoopBound(completion, on: loop)
        queue.perform { [loop] in
            let result = work()
            loop.execute { completion.value(result) }
        }
    }

    /// Waits for what was given before: for a start, which reads what an earlier bridge of this process wrote.
    func wait() { queue.wait() }

    /// Calls back when all that was given before is on the disk, at the latest after `limit`.
    func drain(within limit: Duration, _ completion: @escaping () -> Void) {
        var action: (() -> Void)? = completion
        let once = {
            action?()
            action = nil
        }
        let timer = loop.schedule(after: limit, once)
        perform({}) {
            timer.cancel()
            once()
        }
    }
}
