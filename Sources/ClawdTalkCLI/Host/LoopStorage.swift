import Storage
import Transport

/// Writes files off the loop, one after another, and tells the loop what became of it: a disk that takes seconds for an
/// fsync stalls no call. Loop only.
///
/// What stays on the loop is a plain write(2) without fsync: the journal of open questions and the log.
final class LoopStorage {
    private let loop: EventLoop
    private let queue: StorageQueue
    /// When each of the jobs that are not done was given, the oldest first.
    private var underWay: [Duration] = []
    private var look: LoopTimer?
    private var isLate = false
    /// Told when the disk has not done a job for its patience, and when it is well again.
    var onLate: ((_ isLate: Bool) -> Void)?

    private let patience: Duration

    /// Slow disks take seconds; what takes longer hangs.
    static let usualPatience = Duration.seconds(10)

    init(on loop: EventLoop, queue: StorageQueue = .shared, patience: Duration = usualPatience) {
        (self.loop, self.queue, self.patience) = (loop, queue, patience)
    }

    /// - Parameter completion: called on the loop, later.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result, then completion: @escaping (Result) -> Void = { _ in }
    ) {
        underWay.append(loop.now)
        lookLater()
        let completion = LoopBound(
            { [weak self] result in
                self?.didOne()
                completion(result)
            }, on: loop)
        queue.perform { [loop] in
            let result = work()
            loop.execute { completion.value(result) }
        }
    }

    /// Whether everything that was given is on the disk. Files that are written through this are read when it is true only.
    var isIdle: Bool { underWay.isEmpty }

    /// For how long the oldest job has waited, where that is longer than its patience; nil when all is well.
    var lateness: Duration? {
        guard let oldest = underWay.first, loop.now - oldest >= patience else { return nil }
        return loop.now - oldest
    }

    /// Jobs are done in the order in which they were given.
    private func didOne() {
        underWay.removeFirst()
        guard isLate, lateness == nil else { return }
        isLate = false
        onLate?(false)
    }

    private func lookLater() {
        guard look == nil, !isLate, let oldest = underWay.first else { return }
        look = loop.schedule(after: oldest + patience - loop.now) { [weak self] in
            guard let self else { return }
            look = nil
            guard lateness != nil else { return lookLater() }
            isLate = true
            onLate?(true)
        }
    }

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
