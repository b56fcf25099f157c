/// One scheduled action. Cancelling is idempotent and frees what the action holds.
package final class LoopTimer {
    let dueAt: Duration
    private var action: (() -> Void)?

    init(dueAt: Duration, action: @escaping () -> Void) {
        self.dueAt = dueAt
        self.action = action
    }

    package func cancel() { action = nil }

    func fire() {
        let action = action
        self.action = nil
        action?()
    }
}
