import Foundation

/// A message to the service (shared/spec/clawdtalk.md).
package enum ClientMessage: Equatable, Sendable {
    /// First on every connection.
    case authenticate(apiKey: String, ownerName: String?, agentName: String?)
    case contextResponse(callID: String, memory: String, systemPrompt: String)
    /// Spoken now.
    case response(callID: String, text: String)
    /// Said or used while the answer is awaited.
    case deepToolProgress(requestID: String, text: String)
    /// The answer, exactly once for a request.
    case deepToolResult(requestID: String, text: String)

    /// The answer to a walkie-talkie request: a reply or an error, exactly once.
    case walkieResponse(requestID: String, reply: String?, error: String?)

    /// The JSON of one text frame.
    package var encoded: [UInt8] {
        // Strings always encode.
        (try? Self.encoder.encode(frame)).map(Array.init) ?? []
    }

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return encoder
    }()

    private var frame: any Encodable {
        switch self {
        case .authenticate(let key, let owner, let agent):
            Frame(type: "auth", api_key: key, owner_name: owner, agent_name: agent)
        case .contextResponse(let callID, let memory, let prompt):
            Frame(
                type: "context_response", call_id: callID,
                context: Frame.Context(memory: memory, system_prompt: prompt))
        case .response(let callID, let text): Frame(type: "response", call_id: callID, text: text)
        case .deepToolProgress(let requestID, let text):
            Frame(type: "deep_tool_progress", request_id: requestID, text: text)
        case .deepToolResult(let requestID, let text):
            Frame(type: "deep_tool_result", request_id: requestID, text: text)
        case .walkieResponse(let requestID, let reply, let error):
            WalkieFrame(request_id: requestID, reply: reply, error: error)
        }
    }

    /// `reply` is always there, null when there is none.
    private struct WalkieFrame: Encodable {
        let type = "walkie_response"
        let request_id: String
        let reply: String?
        let error: String?

        private enum Keys: CodingKey { case type, request_id, reply, error }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(type, forKey: .type)
            try container.encode(request_id, forKey: .request_id)
            try container.encode(reply, forKey: .reply)
            try container.encodeIfPresent(error, forKey: .error)
        }
    }

    /// The members as they stand on the wire; nil ones are left out.
    private struct Frame: Encodable {
        var type: String
        var api_key: String?
        var owner_name: String?
        var agent_name: String?
        var call_id: String?
        var request_id: String?
        var text: String?
        var context: Context?

        struct Context: Encodable {
            let memory: String
            let system_prompt: String
        }
    }
}
