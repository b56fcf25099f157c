import Simulator
import Testing

/// A way in which the service does not do what was asked, and what each command makes of it.
struct ServiceFailureRow: CustomTestStringConvertible, Sendable {
    enum Service: Sendable {
        case answers(RecordedAnswer)
        /// Nobody listens.
        case closed
        /// The answer is a redirect to another host.
        case redirects(Int)
    }

    let name: String
    let service: Service
    let status: Int32
    /// A part of the one line.
    var says = ""

    var testDescription: String { name }

    static let all = refusals + shapes + losses

    /// The error bodies of shared/spec/rest-api.md 1.5, and what must be shown of each.
    private static let bodies: [(body: String, says: String)] = [
        (#"{"error":{"code":"c_7","message":"Not now, Ana."}}"#, " c_7): Not now, Ana. "),
        (#"{"error":"Not now, Ana"}"#, "): Not now, Ana. "),
        (#"{"message":"Not now, Ana"}"#, "): Not now, Ana. "),
        (#"{"errors":[{"code":"c_7","title":"Not now","detail":"Ana"}]}"#, " c_7): Not now: Ana. "),
        ("<html><head><title>Not now</title></head></html>", "): a web page: Not now. "), ("", "). "),
        // Secrets and control characters in it.
        (#"{"error":"\#(CommandStage.apiKey)\u001b[2J\nno"}"#, #"): …\u{1B}[2J\nno. "#),
    ]

    private static let refusals = [400, 401, 402, 404, 422, 429, 500].flatMap { status in
        bodies.map { body, says in
            // A wait that is too long to be kept.
            let answer = RecordedAnswer.json(
                status, body, fields: status == 429 ? ["Retry-After": "40"] : [:])
            return ServiceFailureRow(
                name: "\(status) \(body)", service: .answers(answer), status: status == 401 ? 77 : 1,
                says: "(\(status)\(says)")
        }
    }

    private static let shapes = [
        ServiceFailureRow(
            name: "200 with a web page", service: .answers(.text(200, "<html><body>Welcome</body></html>")),
            status: 1, says: "a web page"),
        ServiceFailureRow(
            name: "200 with a text", service: .answers(.text(200, "OK", contentType: "text/plain")),
            status: 1,
            says: "not JSON"),
        ServiceFailureRow(
            name: "200 with an error", service: .answers(.json(200, #"{"error":"Not now"}"#)), status: 1,
            says: "(200): Not now. "),
        ServiceFailureRow(name: "200 with null", service: .answers(.json(200, "null")), status: 1),
        ServiceFailureRow(name: "200 with a list", service: .answers(.json(200, "[]")), status: 1),
        ServiceFailureRow(name: "200 with nothing", service: .answers(.json(200, "")), status: 1),
        ServiceFailureRow(name: "200 without an id", service: .answers(.json(200, "{}")), status: 1),
    ]

    private static let losses =
        [
            ServiceFailureRow(
                name: "a body that is cut", service: .answers(.cut), status: 69, says: "the connection ended"),
            ServiceFailureRow(
                name: "a connection that ends", service: .answers(.dropped), status: 69,
                says: "the connection ended"),
            ServiceFailureRow(
                name: "no answer", service: .answers(.never), status: 69, says: "took too long"),
            ServiceFailureRow(name: "no connection", service: .closed, status: 69, says: "nothing was sent"),
        ]
        + [301, 302, 303, 307, 308].map {
            ServiceFailureRow(
                name: "\($0) to another host", service: .redirects($0), status: 1,
                says: "which is not followed")
        }
}
