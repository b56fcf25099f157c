import Wire

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
        var object = JSONObjectText(capacity: 512)
        object.add("type", type)
        switch self {
        case .authenticate(let key, let owner, let agent):
            object.add("api_key", key)
            if let owner { object.add("owner_name", owner) }
            if let agent { object.add("agent_name", agent) }
        case .contextResponse(let callID, let memory, let prompt):
            var context = JSONObjectText(capacity: 2048)
            context.add("memory", memory)
            context.add("system_prompt", prompt)
            object.add("call_id", callID)
            object.add("context", context)
        case .response(let callID, let text):
            object.add("call_id", callID)
            object.add("text", text)
        case .deepToolProgress(let requestID, let text), .deepToolResult(let requestID, let text):
            object.add("request_id", requestID)
            object.add("text", text)
        case .walkieResponse(let requestID, let reply, let error):
            object.add("request_id", requestID)
            // It is always there.
            if let reply { object.add("reply", reply) } else { object.addNull("reply") }
            if let error { object.add("error", error) }
        }
        return object.bytes
    }

    private var type: String {
        switch self {
        case .authenticate: "auth"
        case .contextResponse: "context_response"
        case .response: "response"
        case .deepToolProgress: "deep_tool_progress"
        case .deepToolResult: "deep_tool_result"
        case .walkieResponse: "walkie_response"
        }
    }
}
