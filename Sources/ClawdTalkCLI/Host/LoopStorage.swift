import Storage
import Transport

/// Writes files off the loop, one after another, and tells the loop what became of it: a disk that takes seconds for an
/// fsync stalls no call. Loop only.
///
/// What stays on the loop is a plain write(2) without fsync: the journal of open questions and the log.
final class LoopStorage {
    private let loop: EventLoop
    private let queue: StorageQueue
    private var underWay = 0

    init(on loop: EventLoop, queue: StorageQueue = .shared) { (self.loop, self.queue) = (loop, queue) }

    /// - Parameter completion: called on the loop, later.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result, then completion: @escaping (Result) -> Void = { _ in }
    ) {
        underWay += 1
        let completion = LoopBound(
            { [weak self] result in
                self?.underWay -= 1
                completion(result)
            }, on: loop)
        queue.perform { [loop] in
            let result = work()
            loop.execute { completion.value(result) }
        }
    }

    /// Whether everything that was given is on the disk. Files that are written through this are read when it is true only.
    var isIdle: Bool { underWay == 0 }

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
