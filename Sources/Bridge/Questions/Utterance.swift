package import ClawdTalkAPI

/// Something to be said for a question.
package struct Utterance: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// On the way; worth nothing once something else was said.
        case progress
        /// The one result, and how long it was waited for.
        case result(waited: Duration)
        /// A reply after the result.
        case late
    }

    package let message: ClientMessage
    /// What is heard.
    package let text: String
    package let kind: Kind
    package let question: Question
    /// Of the question in this process.
    package let number: Int

    var isResult: Bool { if case .result = kind { true } else { false } }
}
