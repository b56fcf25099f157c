/// What a gateway writes into an answer when its run has none (seen on 2026.6.11): words of a machine, which nobody
/// is to hear. They come whole, in one piece.
enum RunFailureText {
    enum Meaning: Equatable {
        case failed
        /// The run ended without a word.
        case silent
    }

    private static let sign = "⚠️"
    private static let failures = [
        "Agent couldn't generate", "Agent failed", "All models are", "CLI subprocess", "Context is too large",
        "Gateway is restarting", "I couldn't reach the configured model", "Missing API key", "Model login",
        "Previous run is still", "Rate-limited", "Something went wrong while", "The model provider",
    ]

    /// What the piece means when it is one of them and all of the answer, nil when an agent wrote it.
    static func meaning(of piece: String) -> Meaning? {
        if piece == "No response from OpenClaw." { return .silent }
        if piece == internalError || plainFailures.contains(where: piece.hasPrefix) { return .failed }
        let text = piece.dropFirst(sign.count).drop { $0 == " " }
        return mayBegin(piece) && failures.contains(where: text.hasPrefix) ? .failed : nil
    }

    /// Texts without the sign, which stand alone (embedded-agent, 2026.6.11).
    private static let plainFailures = [
        "Context overflow: prompt too large for the model.", "The agent run failed before producing a reply.",
    ]

    /// Also behind other texts, in the chunk that ends the run.
    static let internalError = "Error: internal error"

    /// Whether it must be kept until more of the answer comes.
    static func mayBegin(_ piece: String) -> Bool { piece.hasPrefix(sign) }
}
