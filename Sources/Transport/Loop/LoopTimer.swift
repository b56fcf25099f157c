/// One scheduled action. Cancelling is idempotent, takes it out of the queue and frees what the action holds.
/// Loop only.
package final class LoopTimer {
    let dueAt: Duration
    /// Timers that are due at the same time fire in the order they were made in.
    let order: UInt64
    fileprivate var position = -1
    private var action: (() -> Void)?
    private weak var loop: EventLoop?

    init(dueAt: Duration, order: UInt64, loop: EventLoop, action: @escaping () -> Void) {
        (self.dueAt, self.order, self.loop, self.action) = (dueAt, order, loop, action)
    }

    package func cancel() {
        guard action != nil else { return }
        action = nil
        loop?.forget(self)
    }

    func fire() {
        let action = action
        self.action = nil
        action?()
    }

    fileprivate func isBefore(_ other: LoopTimer) -> Bool { (dueAt, order) < (other.dueAt, other.order) }
}

/// Timers by time: a binary heap in which each timer knows its place, so that adding and cancelling one among thousands
/// moves a dozen.
struct TimerQueue {
    private var heap: [LoopTimer] = []

    var nextDueAt: Duration? { heap.first?.dueAt }

    mutating func insert(_ timer: LoopTimer) {
        heap.append(timer)
        timer.position = heap.count - 1
        rise(timer)
    }

    mutating func remove(_ timer: LoopTimer) {
        let position = timer.position
        guard heap.indices.contains(position), heap[position] === timer else { return }
        timer.position = -1
        let last = heap.removeLast()
        guard last !== timer else { return }
        put(last, position)
        rise(last)
        sink(last)
    }

    mutating func popDue(at now: Duration) -> LoopTimer? {
        guard let next = heap.first, next.dueAt <= now else { return nil }
        remove(next)
        return next
    }

    private mutating func put(_ timer: LoopTimer, _ position: Int) {
        heap[position] = timer
        timer.position = position
    }

    private mutating func rise(_ timer: LoopTimer) {
        while timer.position > 0 {
            let parent = heap[(timer.position - 1) / 2]
            guard timer.isBefore(parent) else { return }
            swap(timer, parent)
        }
    }

    private mutating func sink(_ timer: LoopTimer) {
        while let child = firstChild(of: timer.position), child.isBefore(timer) { swap(timer, child) }
    }

    private func firstChild(of position: Int) -> LoopTimer? {
        let (left, right) = (2 * position + 1, 2 * position + 2)
        guard left < heap.count else { return nil }
        return right < heap.count && heap[right].isBefore(heap[left]) ? heap[right] : heap[left]
    }

    private mutating func swap(_ one: LoopTimer, _ other: LoopTimer) {
        let (first, second) = (one.position, other.position)
        put(one, second)
        put(other, first)
    }
}
