/// What is needed to find out later, also in another process, what became of a question. Only the agent that gave it reads
/// it; everybody else keeps it as it is.
///
/// In a file it is its text, so that what an earlier version wrote down is read on.
package struct Receipt: Hashable, Sendable, Codable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
