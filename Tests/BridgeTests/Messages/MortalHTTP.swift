import OpenClaw
import Wire

/// HTTP that ends with its process: after the kill nothing goes out and nothing comes back.
final class MortalHTTP: HTTPPort {
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
}
