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
        ["request": .string(Self.short(channel.id)), "call": .string(Self.short(callID ?? "-"))]
    }

    /// At most 80 characters; one is a byte at least.
    private static func short(_ id: String) -> String { id.utf8.count <= 80 ? id : String(id.prefix(80)) }
}
