package import Transport
import Wire

/// A stand-in for the service's REST API over real HTTP that writes down each request and answers as it is told.
package final class RecordingService: Sendable {
    private let loop: EventLoop
    private let server: LoopBound<HTTPServer>
    package let port: Int
    /// Everything that came, in order.
    package let requests: EventJournal<RecordedRequest>

    private init(
        loop: EventLoop, server: LoopBound<HTTPServer>, port: Int, requests: EventJournal<RecordedRequest>
    ) {
        (self.loop, self.server, self.port, self.requests) = (loop, server, port, requests)
    }

    deinit {
        let server = server
        loop.execute { server.value.close() }
    }

    /// - Parameter answer: what the nth request gets, from 1.
    package static func start(
        on loop: EventLoop, answer: @escaping @Sendable (RecordedRequest, _ number: Int) -> RecordedAnswer
    ) async throws -> RecordingService {
        let requests = EventJournal<RecordedRequest>()
        let (server, port) = try await loop.run {
            let server = HTTPServer(on: loop) { head, body, reply in
                let request = RecordedRequest(
                    method: head.method, target: head.target, body: String(decoding: body, as: UTF8.self),
                    authorization: head.fields["Authorization"], contentType: head.fields["Content-Type"])
                requests.append(request)
                if let answer = Self.reply(answer(request, requests.entries.count)) { reply(answer) }
            }
            let port = try server.listen(port: 0)
            return (LoopBound(server, on: loop), port)
        }
        return RecordingService(loop: loop, server: server, port: port, requests: requests)
    }

    package var url: String { "http://127.0.0.1:\(port)" }

    private static func reply(_ answer: RecordedAnswer) -> HTTPServer.Reply? {
        switch answer {
        case .json(let status, let text, let fields):
            .response(response(status, text, "application/json", fields))
        case .text(let status, let text, let type): .response(response(status, text, type, [:]))
        case .cut: .cut(response(200, #"{"data":{"id":"a"}}"#, "application/json", [:]))
        case .dropped: .drop
        case .never: nil
        }
    }

    private static func response(_ status: Int, _ text: String, _ type: String, _ fields: [String: String])
        -> HTTPResponse
    {
        var head = HTTPResponseHead(
            status: status, reason: "Status", fields: HTTPFields(fields.map { ($0, $1) }))
        head.fields.append("Content-Type", type)
        return HTTPResponse(head: head, body: Array(text.utf8))
    }
}
