/// The service's answer to `POST /v1/calls` (shared/spec/rest-api.md 30). One without an id is none.
package struct StartedCall: Decodable, Equatable, Sendable {
    package let id: String
    /// As the service calls it; empty when it does not say.
    package let status: String

    /// The words for a call that did not come about.
    private static let failedWords: Set = [
        "failed", "error", "rejected", "busy", "no-answer", "no_answer", "canceled", "cancelled",
    ]

    private enum Keys: String, CodingKey { case callID = "call_id", id, status }

    /// - Throws: when there is no id; a number counts as its text.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        func text(_ key: Keys) -> String? {
            let text = try? container.decode(String.self, forKey: key)
            return text?.isEmpty == false
                ? text : (try? container.decode(Int.self, forKey: key)).map(String.init)
        }
        guard let id = text(.callID) ?? text(.id) else {
            throw DecodingError.dataCorruptedError(
                forKey: .callID, in: container, debugDescription: "missing")
        }
        (self.id, status) = (id, text(.status) ?? "")
    }

    package var hasFailed: Bool { Self.hasFailed(status) }

    package static func hasFailed(_ status: String) -> Bool { failedWords.contains(status.lowercased()) }
}
