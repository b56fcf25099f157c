package import Agent

/// A short mark on a message by which its turn is found again in a session that others use too:
/// `[ct:` and 8 hexadecimal digits and `]`.
package struct Marker: Equatable, Sendable {
    package let text: String

    package init(_ value: UInt32) {
        let digits = String(value, radix: 16)
        text = "[ct:" + String(repeating: "0", count: 8 - digits.count) + digits + "]"
    }

    package init?(_ receipt: Receipt) { self.init(text: receipt.text) }

    package var receipt: Receipt { Receipt(text) }

    /// A marker as it was written down, nil when the text is none.
    package init?(text: String) {
        guard text.hasPrefix("[ct:"), text.hasSuffix("]"), text.utf8.count == 13,
            let value = UInt32(text.dropFirst(4).dropLast(), radix: 16)
        else { return nil }
        self.init(value)
    }

    /// The history cuts texts at 4,000 characters (shared/spec/gateway.md B7): a longer message carries the
    /// marker in front, where the cut cannot take it.
    static let longestMessageBeforeMarker = 3_900

    func mark(_ message: String) -> String {
        message.utf16.count <= Self.longestMessageBeforeMarker ? "\(message) \(text)" : "\(text) \(message)"
    }

    /// Whether a text carries a marker of ours, whichever.
    static func isIn(_ text: String) -> Bool { text.contains(/\[ct:[0-9a-f]{8}\]/) }

    /// The text without any marker in it: an agent may quote one.
    static func strip(_ text: String) -> String {
        text.replacing(/\s{0,5}\[ct:[0-9a-f]{8}\]/, with: "")
    }
}
