import TestSupport

/// An agent behind a scripted gateway: what it is asked stands in the history, with its answers.
final class ScriptedAgent {
    enum Mood {
        /// Answers in the call.
        case answering
        /// Takes the question; the answer comes into the history when the test says so.
        case thinking
        /// Takes the question, and the call breaks off.
        case breaking
        /// Takes the question and acts; then its run fails, and nothing in the answer says that it ran.
        case failing
        case answer(ScriptedGateway.Answer)
    }

    private(set) var asked: [String] = []
    private var rows: [String] = []
    var mood = Mood.answering
    var reply: (String) -> String = { "Reply to \($0)." }
    var isHistoryThere = true

    init(_ gateway: ScriptedGateway) {
        gateway.script = { [unowned self] call in
            guard call.tool == "sessions_send", let message = call.message else {
                return call.tool == "sessions_history" && isHistoryThere
                    ? .rows(rows) : .failure(mayHaveArrived: false)
            }
            if case .answer(let answer) = mood { return answer }
            asked.append(message)
            rows.append(Self.row(message, input: true))
            if case .thinking = mood { return .details(#"{"status":"accepted","runId":"r"}"#) }
            if case .failing = mood {
                return .details(#"{"status":"error","error":"All models failed","runId":"r"}"#)
            }
            answerLast()
            if case .breaking = mood { return .failure(mayHaveArrived: true) }
            let text = reply(Self.word(message))
            return .details(
                #"{"status":"ok","reply":"\#(text)","delivery":{"status":"skipped"}}"#,
                after: .milliseconds(200))
        }
    }

    /// The agent's answer to the last question comes into the history.
    func answerLast() { rows.append(Self.row(reply(Self.word(asked.last ?? "")), input: false)) }

    /// What stands in the message behind "w:", to tell texts apart.
    static func word(_ message: String) -> String {
        message.firstMatch(of: /w:(\w+)/).map { String($0.output.1) } ?? "nothing"
    }

    var askedWords: [String] { asked.map(Self.word) }

    static func row(_ text: String, input: Bool) -> String {
        let escaped = text.replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
        let source = input ? #","provenance":{"kind":"inter_session"}"# : #","stopReason":"stop""#
        return #"{"role":"assistant","content":[{"type":"text","text":"\#(escaped)"}]\#(source)}"#
    }
}
