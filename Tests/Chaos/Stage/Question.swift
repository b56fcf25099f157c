/// Something that is asked: by a caller, by walkie-talkie or in a text message. Its tag is a word by which it is
/// recognised wherever it turns up.
struct Question: Sendable {
    enum Kind: Sendable { case call(String), walkie, text(sender: String) }

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
        }
    }

    var members: [String: String] {
        switch kind {
        case .call(let id): ["call_id": id, "request_id": tag, "query": words]
        case .walkie: ["request_id": tag, "transcript": words]
        case .text(let sender): ["message_id": tag, "from": sender, "body": words]
        }
    }

    var isText: Bool { if case .text = kind { true } else { false } }

    /// What the agent answers: some of it long.
    static func answer(to message: String) -> String {
        guard let tag = tag(in: message) else { return "Nothing about a garden." }
        let isLong = tag.hasSuffix("7")
        return "In the garden, says \(tag)."
            + (isLong ? String(repeating: " The garden is large.", count: 60) : "")
    }

    /// The tag in a question or in an answer.
    static func tag(in text: String) -> String? {
        text.firstMatch(of: /\b([qwt]\d+)\b/).map { String($0.output.1) }
    }
}
