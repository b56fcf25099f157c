import Foundation
import Wire

/// Reads the gateway's answer to a tool call into the tool's own result or a ``GatewayError``.
enum ToolResponse {
    /// The tool's result: `details`, else the JSON in the first text of `content` (shared/spec/gateway.md
    /// B1).
    static func result<Details: Decodable>(
        _ response: HTTPResponse, as type: Details.Type
    ) throws(GatewayError) -> Details {
        guard response.status == 200 else { throw error(response) }
        let decoder = JSONDecoder()
        guard JSONIndex.hasFewValues(response.body),
            let envelope = try? decoder.decode(Envelope<Details>.self, from: Data(response.body)),
            envelope.ok != false
        else { throw .unreadable }
        if let details = envelope.result?.details?.value { return details }
        for text in envelope.result?.content?.value?.compactMap(\.text) ?? []
        where JSONIndex.hasFewValues(text.utf8) {
            if let details = try? decoder.decode(Details.self, from: Data(text.utf8)) { return details }
        }
        throw .unreadable
    }

    /// The result of a `sessions_send`. The shape that gateways answer nearly every question with is read without
    /// Foundation, every other one by it.
    static func sendResult(_ response: HTTPResponse) throws(GatewayError) -> SessionsSendResult.Details {
        if response.status == 200, let root = JSONIndex(response.body)?.root, root["ok"]?.bool == true,
            let details = root["result"]?["details"].flatMap(SessionsSendResult.Details.init)
        {
            return details
        }
        return try result(response, as: SessionsSendResult.Details.self)
    }

    static func error(_ response: HTTPResponse) -> GatewayError {
        let retryAfter = response.head.fields["Retry-After"].flatMap { ASCII.decimal($0) }
        let body =
            JSONIndex.hasFewValues(response.body)
            ? try? JSONDecoder().decode(ErrorEnvelope.self, from: Data(response.body)) : nil
        // It goes into the log: a type is a word.
        let type = String((body?.error?.value?.type ?? "unknown").prefix(40))
        switch response.status {
        case 401: return .unauthorized
        case 403: return .blocked(type: type)
        case 404: return type == "not_found" ? .toolNotAllowed : .notAGateway(status: 404)
        case 400, 408, 413:
            return body?.error == nil ? .notAGateway(status: response.status) : .badRequest(type: type)
        case 429: return .rateLimited(retryAfterSeconds: retryAfter)
        case 503: return .unavailable(retryAfterSeconds: retryAfter)
        case 500...599: return .failed(status: response.status)
        default: return .notAGateway(status: response.status)
        }
    }

    private struct Envelope<Details: Decodable>: Decodable {
        let ok: Bool?
        let result: Result?

        struct Result: Decodable {
            let details: Lenient<Details>?
            let content: Lenient<[Block]>?
        }

        struct Block: Decodable {
            let text: String?
        }
    }

    /// `{"ok":false,"error":{…}}`, `{"error":{…}}` and `{"error":"…"}`.
    private struct ErrorEnvelope: Decodable {
        let error: Lenient<Content>?

        struct Content: Decodable {
            let type: String?
        }
    }
}

/// A member whose wrong type means "absent" instead of failing everything around it.
struct Lenient<Value: Decodable>: Decodable {
    let value: Value?

    init(_ value: Value) { self.value = value }

    init(from decoder: any Decoder) throws {
        value = try? Value(from: decoder)
    }
}
