import Foundation
import Wire

/// The service's REST API for commands and missions: one request, one JSON value (shared/spec/rest-api.md).
///
/// What is safe to repeat is repeated: GET and DELETE after 429, 502, 503, 504 and lost connections, POST only when
/// nothing of it can have arrived, PATCH never. A wait that the service asks for is kept when it is short.
package struct ServiceClient: Sendable {
    package let rest: ServiceREST
    private let transport: any RESTTransport
    private var deadline: Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Tries in all.
    private var tries = 3
    /// In seconds: a longer wait is the user's to take.
    private static let longestWait = 30

    /// - Parameters:
    ///   - deadline: for each try.
    ///   - sleep: how to wait between tries.
    package init(
        rest: ServiceREST, over transport: any RESTTransport, deadline: Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        (self.rest, self.transport, self.deadline, self.sleep) = (rest, transport, deadline, sleep)
    }

    /// The same client for one who repeats by themselves: it tries once, and waits no longer than this.
    package func once(within limit: Duration) -> ServiceClient {
        var client = self
        (client.tries, client.deadline) = (1, min(deadline, limit))
        return client
    }

    package func get(_ path: [String], query: [(String, String)] = []) async throws(RESTFailure) -> JSONValue
    {
        try await send(rest.get(path, query: query))
    }

    package func post(_ path: [String], _ body: JSONValue) async throws(RESTFailure) -> JSONValue {
        try await send(rest.request("POST", path, body: body))
    }

    package func patch(_ path: [String], _ body: JSONValue) async throws(RESTFailure) -> JSONValue {
        try await send(rest.request("PATCH", path, body: body))
    }

    package func delete(_ path: [String]) async throws(RESTFailure) -> JSONValue {
        try await send(rest.request("DELETE", path, body: nil))
    }

    // MARK: Tries

    private func send(_ request: HTTPRequest) async throws(RESTFailure) -> JSONValue {
        var attempt = 1
        while true {
            do throws(RESTFailure) {
                return try await sendOnce(request)
            } catch {
                guard attempt < tries, let wait = Self.wait(after: error, of: request, attempt) else {
                    throw error
                }
                attempt += 1
                do { try await sleep(wait) } catch { throw .notSent("interrupted") }
            }
        }
    }

    private func sendOnce(_ request: HTTPRequest) async throws(RESTFailure) -> JSONValue {
        let response: HTTPResponse
        do throws(RESTTransportFailure) {
            response = try await transport.response(to: request, deadline: deadline)
        } catch {
            throw error.mayHaveArrived ? .noAnswer(error.reason) : .notSent(error.reason)
        }
        do throws(RESTFailure) { return try RESTFailure.json(of: response) } catch {
            throw error.hiding(rest.apiKey)
        }
    }

    /// - Returns: nil when the request is not to be repeated.
    private static func wait(after failure: RESTFailure, of request: HTTPRequest, _ attempt: Int) -> Duration?
    {
        let backoff = Duration.milliseconds(500) * attempt
        let isSafe = request.method == "GET" || request.method == "DELETE"
        switch failure {
        case .notSent: return request.method == "PATCH" ? nil : backoff
        case .noAnswer: return isSafe ? backoff : nil
        case .refused(let refusal) where isSafe && [429, 502, 503, 504].contains(refusal.status):
            let seconds = refusal.retryAfterSeconds ?? 0
            return seconds > longestWait ? nil : max(backoff, .seconds(seconds))
        case .refused, .unreadable: return nil
        }
    }
}
