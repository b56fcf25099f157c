import Agent
import OpenClaw
import Ports
import Wire

/// HTTP that ends with its process: after the kill nothing goes out and nothing comes back.
final class MortalHTTP: HTTPStreamPort {
    private final class Nothing: Cancellable { func cancel() {} }

    private let port: any HTTPPort
    private(set) var isDead = false

    init(_ port: any HTTPPort) { self.port = port }

    func die() { isDead = true }

    func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        guard !isDead else { return Nothing() }
        return port.send(request, deadline: deadline) { [self] in if !isDead { completion($0) } }
    }

    /// Texts and reports are never streamed.
    func stream(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        preconditionFailure("a text was streamed")
    }
}
