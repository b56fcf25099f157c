import ClawdTalkAPI
import Synchronization
import Wire

/// The service in memory: each request gets the next answer of a script, the last one for ever. It writes down the
/// requests, their deadlines and the waits between them.
final class ScriptedTransport: RESTTransport {
    enum Answer: Sendable {
        case response(Int, String = "{}", fields: [String: String] = [:])
        /// Nothing can have arrived.
        case refused
        /// It may have arrived.
        case lost
    }

    private struct State {
        var requests: [HTTPRequest] = []
        var deadlines: [Duration] = []
        var waits: [Duration] = []
    }

    private let script: [Answer]
    private let state = Mutex(State())

    init(_ script: Answer...) { self.script = script }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    var deadlines: [Duration] { state.withLock { $0.deadlines } }
    var waits: [Duration] { state.withLock { $0.waits } }

    func client() -> ServiceClient {
        ServiceClient(
            rest: ServiceREST(baseURL: "http://x/v1", apiKey: "cc_secret"), over: self, deadline: .seconds(9)
        ) { wait in self.state.withLock { $0.waits.append(wait) } }
    }

    func response(to request: HTTPRequest, deadline: Duration) async throws(RESTTransportFailure)
        -> HTTPResponse
    {
        let number = state.withLock { state in
            state.requests.append(request)
            state.deadlines.append(deadline)
            return state.requests.count
        }
        switch script[min(number, script.count) - 1] {
        case .response(let status, let text, let fields):
            let head = HTTPResponseHead(status: status, fields: HTTPFields(fields.map { ($0, $1) }))
            return HTTPResponse(head: head, body: Array(text.utf8))
        case .refused: throw RESTTransportFailure(reason: "refused", mayHaveArrived: false)
        case .lost: throw RESTTransportFailure(reason: "lost", mayHaveArrived: true)
        }
    }
}
