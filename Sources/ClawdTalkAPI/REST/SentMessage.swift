/// The service's answer to `POST /v1/messages/send` (shared/spec/rest-api.md 33). One without an id is none.
package struct SentMessage: Decodable, Equatable, Sendable {
    package let id: String

    private enum Keys: CodingKey { case id }

    /// - Throws: when there is no id; a number counts as its text.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        id =
            try (try? container.decode(Int.self, forKey: .id)).map(String.init)
            ?? container.decode(String.self, forKey: .id)
        guard !id.isEmpty else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "empty")
        }
    }
}
