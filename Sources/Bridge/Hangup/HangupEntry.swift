package import Agent
package import ClawdTalkAPI

/// A question whose answer must reach the owner although the caller may have hung up, as the spool keeps it.
package struct HangupEntry: SpoolEntry, Equatable {
    /// Each state is saved before the step that it names is taken.
    package enum State: Codable, Equatable, Sendable {
        /// The agent may have been asked.
        case asked(receipt: Receipt)
        /// There is an answer, or it is known that there is none, since this time; nobody was told.
        case answered(HangupAnswer, at: Timestamp)
        /// It may have been said in a call.
        case telling(HangupAnswer, at: Timestamp)
        /// ``TextDesk`` has it.
        case texting(HangupAnswer, at: Timestamp)
        /// The service may have been asked to make the call.
        case calling
        /// Over, at this second of the ``SteadyClock``: the owner was told.
        case done(at: Int)
        /// Over, and nobody was told.
        case givenUp(at: Int)
    }

    package let number: Int
    /// The call in which it was asked: its session may be the call's own.
    package private(set) var callID: String
    /// What the service calls the question, for the log and the records of calls.
    package private(set) var requestID: String
    /// As the agent is asked.
    package private(set) var message: String
    package private(set) var askedAt: Timestamp
    /// How the owner gets the answer; never ``AfterHangup/cancel``.
    package var way: AfterHangup
    package var state: State {
        // Of what is over nothing is kept that was said.
        didSet { if finishedAt != nil { (callID, requestID, message) = ("", "", "") } }
    }

    package init(
        number: Int, question: Question, message: String, receipt: Receipt, way: AfterHangup,
        askedAt: Timestamp
    ) {
        (self.number, callID, requestID) = (number, question.callID ?? "", question.channel.id)
        (self.message, self.way, self.askedAt) = (message, way, askedAt)
        state = .asked(receipt: receipt)
    }

    package var serviceID: String? { nil }

    package var cameAt: Timestamp {
        get { askedAt }
        set { askedAt = newValue }
    }

    package var finishedAt: Int? {
        switch state {
        case .done(let at), .givenUp(let at): at
        case .asked, .answered, .telling, .texting, .calling: nil
        }
    }

    /// What ``TextDesk`` knows its text by: a crash between the two spools sends nothing twice.
    var textID: String { "after-hangup-\(askedAt.unix)-\(number)" }
}
