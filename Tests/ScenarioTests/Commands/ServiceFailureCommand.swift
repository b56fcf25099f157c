import Testing

/// A command that asks the service once, for ``ServiceFailureTests``. Another noun is another line here.
struct ServiceFailureCommand: CustomTestStringConvertible, Sendable {
    let words: [String]
    /// The rows that are no failure of this command: an answer that says nothing is enough for it.
    let accepts: Set<String>

    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String..., accepts: Set<String> = []) {
        (self.words, self.accepts) = (words, accepts)
    }

    static let all = [
        ServiceFailureCommand("call", "Hi"),
        ServiceFailureCommand("call", "status", "c1"),
        ServiceFailureCommand("call", "end", "c1", accepts: ["200 with nothing", "200 without an id"]),
        ServiceFailureCommand("sms", "send", "+15551234567", "Hi"),
        ServiceFailureCommand("sms", "list", accepts: ["200 with a list"]),
        ServiceFailureCommand("approval", "request", "Go", "--no-wait"),
        ServiceFailureCommand("approval", "status", "a1"),
        ServiceFailureCommand("missions", "get-mission", "m1"),
        ServiceFailureCommand("missions", "get-run", "m1", "r1"),
        ServiceFailureCommand("missions", "get-assistant", "a1"),
        ServiceFailureCommand("missions", "create-mission", "n", "i"),
    ]
}
