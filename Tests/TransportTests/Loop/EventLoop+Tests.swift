@testable import Transport

extension EventLoop {
    /// One for all tests: a loop, its thread and its descriptors live until it is stopped.
    static let forTests = try! EventLoop(name: "test")
}
