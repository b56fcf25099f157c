package import ClawdTalkAPI

/// Something that happened in a call, for those who want calls to be kept.
package enum CallRecord: Equatable, Sendable {
    case started
    case greeted(text: String)
    case asked(request: String, text: String)
    /// Said on the way to an answer.
    case said(request: String, text: String)
    /// The result, and how long the caller waited for it.
    case answered(request: String, text: String, waited: Duration)
    /// A reply that came after the result.
    case answeredLate(request: String, text: String)
    case ended(CallOutcome)
}

/// Keeps what is said in calls, given from outside.
package protocol CallRecorder: AnyObject {
    func record(_ event: CallRecord, of callID: String)
}
