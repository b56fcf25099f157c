/// Time as the rules need it, given from outside: a loop in the product, a manual clock in tests.
package protocol Timekeeper: AnyObject {
    /// Time since some fixed beginning; it goes on while the machine sleeps.
    var now: Duration { get }
    /// Runs `action` once, not before `delay` has passed and never inside this call.
    @discardableResult
    func schedule(after delay: Duration, _ action: @escaping () -> Void) -> any Cancellable
}

/// Something that can be called off. Doing so twice, or too late, does nothing.
package protocol Cancellable: AnyObject {
    func cancel()
}
