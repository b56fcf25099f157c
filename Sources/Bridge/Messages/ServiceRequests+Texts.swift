import Agent
import ClawdTalkAPI
import Ports

extension ServiceRequests {
    /// How many of a contact's messages are looked through for one that may have been sent.
    private static let listLength = 50

    /// shared/spec/rest-api.md 33
    func sendText(
        _ message: String, to number: String, completion: @escaping (Result<SentMessage, RESTFailure>) -> Void
    ) {
        send(rest.post(["messages", "send"], ["to": number, "message": message]), as: SentMessage.self) {
            completion($0)
        }
    }

    /// What was sent to a number, newest first (shared/spec/rest-api.md 34).
    func textsSent(
        to number: String, completion: @escaping (Result<StoredMessage.List, RESTFailure>) -> Void
    ) {
        let query = [("limit", "\(Self.listLength)"), ("contact", number), ("direction", "outbound")]
        send(rest.get(["messages"], query: query), as: StoredMessage.List.self) { completion($0) }
    }
}
