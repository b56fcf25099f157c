package import Agent
package import ClawdTalkAPI

/// A text message on its way through the bridge, as the spool keeps it.
package struct TextEntry: SpoolEntry, Equatable {
    /// Each state is saved before the step that it names is taken.
    package enum State: Codable, Equatable, Sendable {
        /// Nobody was asked.
        case received
        /// The agent may have been asked.
        case asked(receipt: Receipt)
        /// There is an answer, and nothing of it was sent.
        case answered(reply: String)
        /// The answer may have been sent, since this time.
        case sending(reply: String, since: Timestamp)
        /// Over, at this second of the ``SteadyClock``: answered under this id of the service's, or nothing was to be
        /// answered.
        case done(at: Int, answerID: String?)
        /// Over without an answer.
        case givenUp(at: Int)

        /// As it was called in 0.1.0: what is in a spool is read on.
        private enum AskedCodingKeys: String, CodingKey { case receipt = "marker" }
    }

    package let number: Int
    package private(set) var text: IncomingText
    package private(set) var receivedAt: Timestamp
    package var state: State {
        // What is over is kept for its id only.
        didSet {
            if finishedAt != nil { text = IncomingText(messageID: text.messageID, sender: "", body: "") }
        }
    }

    package init(number: Int, text: IncomingText, receivedAt: Timestamp) {
        (self.number, self.text, self.receivedAt, state) = (number, text, receivedAt, .received)
    }

    package var serviceID: String? { text.messageID }

    package var cameAt: Timestamp {
        get { receivedAt }
        set { receivedAt = newValue }
    }

    /// What the service calls the answer.
    var answerID: String? { if case .done(_, let id) = state { id } else { nil } }

    package var finishedAt: Int? {
        switch state {
        case .done(let at, _), .givenUp(let at): at
        default: nil
        }
    }
}
