/// The words with which a sender opts out, in, or asks for help: carriers and the service answer them by law and by the
/// CTIA's Messaging Principles, and a second answer of ours would break them.
///
/// YES opts in at some carriers, and is far more often an answer: it goes to the agent.
enum OptOutKeyword {
    private static let words: Set<String> = [
        "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "START", "UNSTOP", "HELP", "INFO",
    ]
    private static let longest = 40

    /// Whether a text is nothing but such a word, in capitals or not.
    static func matches(_ body: String) -> Bool {
        guard body.utf8.count <= longest else { return false }
        let word = body.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return words.contains(String(word).uppercased())
    }
}
