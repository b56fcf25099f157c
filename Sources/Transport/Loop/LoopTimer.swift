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

    mutating func removeAll() { heap = [] }

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
        while true {
            let left = 2 * timer.position + 1
            let children = heap[min(left, heap.count)..<min(left + 2, heap.count)]
            guard let child = children.min(by: { $0.isBefore($1) }), child.isBefore(timer) else { return }
            swap(timer, child)
        }
    }

    private mutating func swap(_ one: LoopTimer, _ other: LoopTimer) {
        let (first, second) = (one.position, other.position)
        put(one, second)
        put(other, first)
    }
}
