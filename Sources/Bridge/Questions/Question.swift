import Logging

/// Something that somebody wants to know or have done.
package struct Question: Equatable, Sendable {
    package let channel: AnswerChannel
    /// nil for a walkie-talkie, and where the service names no call.
    package let callID: String?
    package let text: String

    package init(channel: AnswerChannel, callID: String?, text: String) {
        (self.channel, self.callID, self.text) = (channel, callID, text)
    }

    var metadata: Logger.Metadata {
        ["request": "\(channel.id.prefix(80))", "call": "\((callID ?? "-").prefix(80))"]
    }
}
