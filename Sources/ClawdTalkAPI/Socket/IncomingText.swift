/// A text message that somebody sent to the agent's number (`sms.received`).
package struct IncomingText: Codable, Equatable, Sendable {
    /// nil when the service gave none: such a text cannot be told from one that comes twice.
    package let messageID: String?
    package let sender: String
    package let body: String

    package init(messageID: String?, sender: String, body: String) {
        (self.messageID, self.sender, self.body) = (messageID, sender, body)
    }
}
