import Wire

/// The members of a frame of the service, as texts; one of a wrong type counts as missing.
struct ServerFrame: Decodable {
    enum Key: String, CodingKey, CaseIterable {
        case type, event, message, query, text, transcript, from, body, decision, direction, reason, outcome
        case purpose, greeting
        case callID = "call_id", requestID = "request_id", messageID = "message_id"
        case duration = "duration_seconds", toNumber = "to_number", voicemailMessage = "voicemail_message"
    }

    private enum FlagKey: String, CodingKey { case hasDevices = "has_devices" }

    private enum Fields {
        case index(JSONNode)
        case container(KeyedDecodingContainer<Key>)
    }

    private let fields: Fields
    let hasDevices: Bool?

    init(from decoder: any Decoder) throws {
        fields = .container(try decoder.container(keyedBy: Key.self))
        hasDevices = try? decoder.container(keyedBy: FlagKey.self).decode(Bool.self, forKey: .hasDevices)
    }

    /// - Returns: nil for a text that only Foundation can judge: one that is no object, or has other than whole numbers.
    init?(_ text: [UInt8]) {
        guard let root = JSONIndex(text)?.root, root.kind == .object, !root.hasFraction else { return nil }
        fields = .index(root)
        hasDevices = root["has_devices"]?.bool
    }

    /// In bytes: no id, word or number of the service is longer; one that is counts as missing.
    private static let longestWord = 512
    /// In characters, of what somebody said or wrote; more is cut off.
    private static let longestText = 32_000

    /// What somebody said or wrote.
    func text(_ key: Key) -> String? {
        // A character is a byte at least.
        value(key).map { $0.utf8.count <= Self.longestText ? $0 : String($0.prefix(Self.longestText)) }
    }

    /// An id, a word or a number; numbers count as their text: ids may be numbers.
    subscript(key: Key) -> String? { value(key).flatMap { $0.utf8.count <= Self.longestWord ? $0 : nil } }

    private func value(_ key: Key) -> String? {
        switch fields {
        case .index(let root):
            let member = root[key.rawValue]
            return member?.string ?? member?.integer.map { String($0) }
        case .container(let fields):
            guard fields.contains(key) else { return nil }
            if let text = try? fields.decode(String.self, forKey: key) { return text }
            if let number = try? fields.decode(Int.self, forKey: key) { return String(number) }
            return (try? fields.decode(Double.self, forKey: key)).map { String($0) }
        }
    }

    func require(_ key: Key) throws(ServerEvent.Fault) -> String {
        guard let value = self[key], !value.isEmpty else {
            throw .missing(field: key.rawValue, event: self[.event] ?? "")
        }
        return value
    }
}
