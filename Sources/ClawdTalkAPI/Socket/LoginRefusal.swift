/// Why the service did not take a login, in its own words: they are all that it tells.
package struct LoginRefusal: Equatable, Sendable {
    package let message: String

    package init(message: String) { self.message = message }

    /// Whether the words name trouble of the service itself, so that they say nothing about the key.
    package var isServiceTrouble: Bool {
        let words = message.lowercased()
        return isRateLimit || Self.trouble.contains { words.contains($0) }
            || words.split { !$0.isNumber && !$0.isLetter }.contains {
                Self.serverErrors.contains(String($0))
            }
    }

    /// Whether the service wants to be asked less often.
    package var isRateLimit: Bool {
        let words = message.lowercased()
        return Self.rateLimit.contains { words.contains($0) }
    }

    private static let rateLimit = ["rate limit", "rate-limit", "ratelimit", "rate_limit", "too many"]
    private static let trouble = [
        "internal server", "internal error", "server error", "unavailable", "timeout", "timed out",
        "overload",
        "maintenance", "bad gateway", "temporar", "try again later",
    ]
    private static let serverErrors: Set<String> = ["429", "500", "502", "503", "504"]

    /// The words for one line of the log: at most 200 bytes, with control characters escaped and without the key.
    package func logText(withoutKey key: String) -> String {
        let words = key.isEmpty ? message : message.replacing(key, with: "(the key)")
        var text = ""
        for scalar in words.unicodeScalars {
            let piece = Self.isInvisible(scalar) ? scalar.escaped(asASCII: true) : String(scalar)
            guard text.utf8.count + piece.utf8.count <= Self.longestLogText else { return text + "…" }
            text += piece
        }
        return text
    }

    private static let longestLogText = 197

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            true
        default: false
        }
    }
}
