/// Carries a value of the loop's world through code on other threads. Only the loop's thread can look inside.
package struct LoopBound<Value>: @unchecked Sendable {
    // Proof: `value` traps on every thread but the loop's.
    private let loop: EventLoop
    private let wrapped: Value

    package init(_ value: Value, on loop: EventLoop) {
        self.loop = loop
        wrapped = value
    }

    package var value: Value {
        precondition(loop.isCurrent, "a loop-bound value was used on another thread")
        return wrapped
    }
}
