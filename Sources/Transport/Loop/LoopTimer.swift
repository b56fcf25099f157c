/// One scheduled action. Cancelling is idempotent, takes it out of the queue and frees what the action holds.
/// Loop only.
package final class LoopTimer {
    let dueAt: Duration
    /// Timers that are due at the same time fire in the order they were made in.
    let order: UInt64
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
}
