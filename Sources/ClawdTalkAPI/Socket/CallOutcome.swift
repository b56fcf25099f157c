/// How a call ended, as `call.ended` tells it.
package struct CallOutcome: Codable, Equatable, Sendable {
    package let callID: String
    /// inbound or outbound.
    package var direction: String?
    package var durationSeconds: Int?
    /// user_hangup, amd_silence and others.
    package var reason: String?
    /// voicemail, voicemail_failed, no_answer, fax; nil for a call that was a conversation.
    package var outcome: String?
    package var toNumber: String?
    package var purpose: String?
    package var voicemailMessage: String?

    package init(callID: String) { self.callID = callID }
}
