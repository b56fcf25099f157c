import Foundation
import Wire

/// The envelopes of `POST /tools/invoke` (shared/spec/gateway.md A2, B1).
extension HTTPServer.Reply {
    static func jsonResponse(_ status: Int, _ object: [String: Any], _ fields: [String: String] = [:])
        -> HTTPResponse
    {
        let body = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
        var head = HTTPResponseHead(
            status: status, reason: "Status", fields: HTTPFields(fields.map { ($0, $1) }))
        head.fields.append("Content-Type", "application/json; charset=utf-8")
        return HTTPResponse(head: head, body: Array(body))
    }

    static func json(_ status: Int, _ object: [String: Any], _ fields: [String: String] = [:]) -> Self {
        .response(jsonResponse(status, object, fields))
    }

    /// The same, ended in the middle.
    var broken: Self {
        if case .response(let response) = self { .cut(response) } else { .drop }
    }

    /// With a Date field.
    func dated(_ date: String) -> Self {
        guard case .response(var response) = self else { return self }
        response.head.fields["Date"] = date
        return .response(response)
    }

    static func error(_ status: Int, _ type: String, _ message: String) -> Self {
        .json(status, ["ok": false, "error": ["type": type, "message": message]])
    }

    /// A tool's result, in `details` and as text, or as text only.
    static func result(_ details: [String: Any], inDetails: Bool = true) -> Self {
        let text =
            (try? JSONSerialization.data(withJSONObject: details)).map { String(decoding: $0, as: UTF8.self) }
            ?? ""
        var result: [String: Any] = ["content": [["type": "text", "text": text]]]
        if inDetails { result["details"] = details }
        return .json(200, ["ok": true, "result": result])
    }

    static func page(_ status: Int) -> Self {
        .response(
            HTTPResponse(
                head: HTTPResponseHead(
                    status: status, reason: "Status", fields: HTTPFields([("Content-Type", "text/html")])),
                body: Array("<html><body>Welcome</body></html>".utf8)))
    }
}
