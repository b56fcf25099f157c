import Foundation

/// A message in the service's list (shared/spec/rest-api.md 34); what is missing or of a wrong type is nil.
package struct StoredMessage: Decodable, Equatable, Sendable {
    package let id: String?
    package let to: String?
    package let body: String?
    /// Unix time.
    package let createdAt: Int?

    /// The answer to `GET /v1/messages`.
    package struct List: Decodable, Equatable, Sendable {
        package let messages: [StoredMessage]
    }

    private enum Keys: String, CodingKey { case id, to, body, createdAt = "created_at" }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        func text(_ key: Keys) -> String? { try? container.decode(String.self, forKey: key) }
        id = text(.id) ?? (try? container.decode(Int.self, forKey: .id)).map(String.init)
        (to, body) = (text(.to), text(.body))
        createdAt = text(.createdAt).flatMap(Self.unixTime)
    }

    /// RFC 3339, with or without parts of a second.
    private static func unixTime(_ text: String) -> Int? {
        let plain = Date.ISO8601FormatStyle()
        let date = (try? plain.parse(text)) ?? (try? plain.time(includingFractionalSeconds: true).parse(text))
        return date.map { Int($0.timeIntervalSince1970.rounded(.down)) }
    }
}
