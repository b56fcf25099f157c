package import Ports

/// A clock that moves only when told to, and runs what becomes due on the way, in order.
package final class ManualTime: Timekeeper {
    private final class Timer: Cancellable {
        let dueAt: Duration
        let order: Int
        var action: (() -> Void)?

        init(dueAt: Duration, order: Int, action: @escaping () -> Void) {
            (self.dueAt, self.order, self.action) = (dueAt, order, action)
        }

        func cancel() { action = nil }
    }

    package private(set) var now = Duration.zero
    private var timers: [Timer] = []
    private var lastOrder = 0

    package init() {}

    package func schedule(after delay: Duration, _ action: @escaping () -> Void) -> any Cancellable {
        lastOrder += 1
        let timer = Timer(dueAt: now + delay, order: lastOrder, action: action)
        timers.append(timer)
        return timer
    }

    package func advance(_ duration: Duration) {
        let end = now + duration
        while let next = nextTimer(before: end) {
            now = max(now, next.dueAt)
            timers.removeAll { $0 === next }
            let action = next.action
            next.action = nil
            action?()
        }
        now = end
    }

    package func advance(seconds: Double) { advance(.milliseconds(Int(seconds * 1000))) }

    private func nextTimer(before end: Duration) -> Timer? {
        timers.removeAll { $0.action == nil }
        return timers.filter { $0.dueAt <= end }.min { ($0.dueAt, $0.order) < ($1.dueAt, $1.order) }
    }
}
