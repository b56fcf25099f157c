import Agent

/// What the owner is told of a question after the call, complete, as speech and as a text message.
package struct HangupAnswer: Codable, Equatable, Sendable {
    package let spoken: String
    package let written: String

    /// - Parameters:
    ///   - parts: what the agent said of its answer before the end, in order; the caller may have heard some of it.
    ///   - phrases: in which language the bridge speaks.
    init(_ outcome: TurnOutcome, parts: [String], phrases: Phrases) {
        var parts = parts
        if case .reply(let text) = outcome { parts.append(text) }
        let text = parts.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: " ")
        guard !text.isEmpty else {
            spoken = phrases.withoutAnswer(outcome)
            written = spoken
            return
        }
        // A part is not the whole, and whoever hears it must know.
        let rest = if case .failed = outcome { " " + phrases.sentence(for: outcome) } else { "" }
        let spare = phrases.answerFromBefore("").utf16.count + rest.utf16.count
        let speech = SpeechText.limited(SpeechText.cleaned(text), to: SpeechText.maximumLength - spare)
        let message = MessageText.make(from: text, maximum: TextInstructions.maximumLength - spare)
        spoken = phrases.answerFromBefore(speech.isEmpty ? phrases.nothingSpeakable : speech) + rest
        written = message.isEmpty ? spoken : phrases.answerFromBefore(message) + rest
    }
}

extension Phrases {
    func answerFromBefore(_ answer: String) -> String { answerFromBefore.replacing("{answer}", with: answer) }

    /// The truth about a question that has no answer, for somebody who asked some time ago.
    fileprivate func withoutAnswer(_ outcome: TurnOutcome) -> String {
        switch outcome {
        // What is said of these in the call speaks of this moment, which is over.
        case .failed(let failure) where !failure.mayHaveActed: notAskedFromBefore
        case .failed: noAnswerFromBefore + " " + sentence(for: outcome)
        case .reply, .saidInFull, .noReply: noAnswerFromBefore + " " + noReply
        }
    }
}
