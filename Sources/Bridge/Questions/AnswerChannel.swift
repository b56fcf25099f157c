import ClawdTalkAPI

/// Where an answer goes.
package enum AnswerChannel: Hashable, Sendable {
    /// The service's voice AI asked, and waits for one result.
    case tool(requestID: String)
    /// The caller spoke to us; what we say is spoken.
    case speech(callID: String)
    /// A walkie-talkie waits for one response, and hears nothing before it.
    case walkie(requestID: String)

    func progress(_ text: String) -> ClientMessage? {
        switch self {
        case .tool(let id): .deepToolProgress(requestID: id, text: text)
        case .speech(let id): .response(callID: id, text: text)
        case .walkie: nil
        }
    }

    /// - Parameter isAnswer: false for a sentence that there is none.
    func result(_ text: String, isAnswer: Bool) -> ClientMessage {
        switch self {
        case .tool(let id): .deepToolResult(requestID: id, text: text)
        case .speech(let id): .response(callID: id, text: text)
        case .walkie(let id):
            .walkieResponse(requestID: id, reply: isAnswer ? text : nil, error: isAnswer ? nil : text)
        }
    }

    /// For the log.
    var id: String {
        switch self {
        case .tool(let id), .speech(let id), .walkie(let id): id
        }
    }
}
