import ClawdTalkAPI

extension Console {
    /// A result as one JSON document; control characters in it are escaped.
    static func json(_ value: JSONValue) { out(value.prettyText) }
}
