package import Agent
package import ClawdTalkAPI

/// A call that ended, until the agent knows, as the spool keeps it.
package struct ReportEntry: SpoolEntry, Equatable {
    package enum State: Codable, Equatable, Sendable {
        /// The agent was not told.
        case pending
        /// The agent may have been told, in the message with this receipt.
        case told(receipt: Receipt)
        /// At this second of the ``SteadyClock``, as ``givenUp(at:)``.
        case done(at: Int)
        /// Over without a report.
        case givenUp(at: Int)

        /// As it was called in 0.1.0: what is in a spool is read on.
        private enum ToldCodingKeys: String, CodingKey { case receipt = "marker" }
    }

    package let number: Int
    package private(set) var outcome: CallOutcome
    package private(set) var endedAt: Timestamp
    package var state: State {
        // What is over is kept for its id only.
        didSet { if finishedAt != nil { outcome = CallOutcome(callID: outcome.callID) } }
    }

    package init(number: Int, outcome: CallOutcome, endedAt: Timestamp) {
        (self.number, self.outcome, self.endedAt, state) = (number, outcome, endedAt, .pending)
    }

    package var serviceID: String? { outcome.callID }

    package var cameAt: Timestamp {
        get { endedAt }
        set { endedAt = newValue }
    }

    package var finishedAt: Int? {
        switch state {
        case .pending, .told: nil
        case .done(let at), .givenUp(let at): at
        }
    }
}
