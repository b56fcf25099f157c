/// Something that is asked: by a caller, by walkie-talkie or in a text message. Its tag is a word by which it is
/// recognised wherever it turns up.
struct Question: Sendable {
    enum Kind: Sendable {
        case call(String)
        case walkie
        case text(sender: String)
        /// The end of a call that the agent made, of which it is told.
        case report
    }

    let tag: String
    let kind: Kind

    /// What no line of the log may hold.
    static let secretWords = ["elephant", "garden", "+1555"]

    private var words: String { "Where is the elephant of \(tag) now?" }

    var event: String {
        switch kind {
        case .call: "deep_tool_request"
        case .walkie: "walkie_request"
        case .text: "sms.received"
        case .report: "call.ended"
        }
    }

    var members: [String: String] {
        switch kind {
        case .call(let id): ["call_id": id, "request_id": tag, "query": words]
        case .walkie: ["request_id": tag, "transcript": words]
        case .text(let sender): ["message_id": tag, "from": sender, "body": words]
        case .report: ["call_id": tag, "direction": "outbound", "outcome": "no_answer", "purpose": words]
        }
    }

    var isText: Bool { if case .text = kind { true } else { false } }

    var isReport: Bool { if case .report = kind { true } else { false } }

    /// Whether somebody waits for a result.
    var hasResult: Bool { !isText && !isReport }

    static let furtherSentence = "The garden is large."

    /// What the agent answers: some of it long.
    static func answer(to message: String) -> String {
        guard let tag = tag(in: message) else { return "Nothing about a garden." }
        let isLong = tag.hasSuffix("7")
        return "In the garden, says \(tag)."
            + (isLong ? String(repeating: " " + furtherSentence, count: 60) : "")
    }

    /// Whether somebody waits on the line for this message's answer.
    static func isOfCaller(_ message: String) -> Bool {
        tag(in: message).map { $0.hasPrefix("q") || $0.hasPrefix("w") } ?? false
    }

    /// The tag in a question or in an answer.
    static func tag(in text: String) -> String? { tags(in: text).first }

    static func tags(in text: String) -> [String] {
        text.matches(of: /\b([qwtr]\d+)\b/).map { String($0.output.1) }
    }
}
