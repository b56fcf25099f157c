import Ports
import Transport
import Wire

/// The loop's HTTP client as the rules know it.
final class LoopHTTP: HTTPStreamPort {
    private let client: HTTPPool

    /// A reply comes twice in one answer, as details and as text; what is larger than this is not a reply.
    private static let maximumBodyBytes = 16 << 20

    init(_ client: HTTPPool) { self.client = client }

    func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        Running(
            client.send(request, deadline: deadline, maximumBodyBytes: Self.maximumBodyBytes) {
                completion($0.mapError(Self.failure))
            })
    }

    func stream(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        Running(
            client.stream(
                request, deadline: deadline, maximumBodyBytes: Self.maximumBodyBytes, onHead: onHead,
                onBytes: onBytes
            ) { completion($0.mapError(Self.failure)) })
    }

    private static func failure(_ failure: HTTPFailure) -> HTTPPortFailure {
        HTTPPortFailure(
            reason: failure.cause.summary, mayHaveArrived: failure.mayHaveArrived,
            hasTooManyOpenFiles: failure.cause.hasTooManyOpenFiles)
    }

    private final class Running: Cancellable {
        private let exchange: HTTPExchange
        init(_ exchange: HTTPExchange) { self.exchange = exchange }
        func cancel() { exchange.cancel() }
    }
}
