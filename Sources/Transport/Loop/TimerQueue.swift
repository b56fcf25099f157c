/// Timers by time, the next one last: taking it is free, and the few dozen that live at once are moved
/// quickly.
struct TimerQueue {
    private var timers: [LoopTimer] = []

    var nextDueAt: Duration? { timers.last?.dueAt }

    mutating func insert(_ timer: LoopTimer) { timers.insert(timer, at: position(of: timer)) }

    mutating func remove(_ timer: LoopTimer) {
        let position = position(of: timer)
        guard position < timers.count, timers[position] === timer else { return }
        timers.remove(at: position)
    }

    mutating func popDue(at now: Duration) -> LoopTimer? {
        guard let next = timers.last, next.dueAt <= now else { return nil }
        return timers.removeLast()
    }

    /// Binary search: the first index whose timer is not due after `timer`.
    private func position(of timer: LoopTimer) -> Int {
        var low = 0
        var high = timers.count
        while low < high {
            let middle = (low + high) / 2
            if (timers[middle].dueAt, timers[middle].order) > (timer.dueAt, timer.order) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
