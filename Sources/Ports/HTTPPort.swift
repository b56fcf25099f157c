package import Wire

/// HTTP as the rules need it, given from outside.
package protocol HTTPPort: AnyObject {
    /// Sends `request` once and calls back once, unless cancelled.
    @discardableResult
    func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable
}

/// HTTP whose answers can be read while they come.
package protocol HTTPStreamPort: HTTPPort {
    /// Sends `request` once; the body goes to `onBytes` as it comes where `onHead` says so, otherwise it comes whole
    /// with the completion. Cancelling closes the connection, and nothing is called any more.
    @discardableResult
    func stream(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable
}

/// A request without a response.
package struct HTTPPortFailure: Error, Equatable, Sendable {
    package let reason: String
    /// False only when no byte of the request can have reached the gateway.
    package let mayHaveArrived: Bool
    /// This machine could not open one more connection.
    package let hasTooManyOpenFiles: Bool

    package init(reason: String, mayHaveArrived: Bool, hasTooManyOpenFiles: Bool = false) {
        (self.reason, self.mayHaveArrived) = (reason, mayHaveArrived)
        self.hasTooManyOpenFiles = hasTooManyOpenFiles
    }
}
