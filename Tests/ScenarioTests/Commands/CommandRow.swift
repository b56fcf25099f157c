import Simulator
import Testing

/// A command line, what the service answers, and what must come of it.
struct CommandRow: CustomTestStringConvertible, Sendable {
    let words: [String]
    /// One after another, the last one for ever.
    let answers: [String]
    /// Method, target and body of all that go out.
    let requests: [String]
    /// All of standard output, without the last line end.
    let output: String
    /// In the one line on standard error; nil when nothing is there.
    let note: String?
    let status: Int32

    var testDescription: String { words.joined(separator: " ") + (status == 0 ? "" : " → \(status)") }

    init(
        _ words: [String], _ answers: String..., requests: [String], output: String = "", note: String? = nil,
        status: Int32 = 0
    ) {
        (self.words, self.answers, self.requests) = (words, answers, requests)
        (self.output, self.note, self.status) = (output, note, status)
    }

    /// A command line that does nothing. - Parameter says: the one line, or a part of it.
    static func usage(_ words: String..., says: String) -> CommandRow {
        CommandRow(words, requests: [], note: says, status: 64)
    }
}
