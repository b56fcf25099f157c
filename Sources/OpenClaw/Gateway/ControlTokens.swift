import Agent

/// Words that agents and gateways use among themselves (shared/spec/gateway.md B8). They go before anything
/// else is done to a text, or markdown cleaning would turn them into speech.
package enum ControlTokens {
    /// The text without control tokens, or nil when nothing of it is meant for a person.
    package static func strip(_ text: String) -> String? {
        let text = cut(HiddenBlocks.removed(from: text))
        if isPlain(text) { return trimmedOrNil(text) }
        var rest = Marker.strip(text)
        if isSilent(rest) { return nil }
        rest = rest.replacing(/<\/?final\s{0,5}>/.ignoresCase(), with: "")
        rest = rest.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !isControlLine($0) }
            .joined(separator: "\n")
        rest = withoutDirectives(rest)
        rest = stripEdgeTokens(rest)
        return isSilent(rest) ? nil : trimmedOrNil(rest)
    }

    /// `[[reply_to:…]]` and its like, and `<|…|>`. The runs are bounded, or a hostile text could hold the loop.
    private static func withoutDirectives(_ text: String) -> String {
        let directive =
            /\[\[\s{0,5}(?:reply_to_current|reply_to:[^\[\]\n]{0,100}|audio_as_voice|tts[^\[\]\n]{0,100})\s{0,5}\]\]/
        return text.replacing(directive.ignoresCase(), with: "").replacing(/<\|[^|<>\n]{0,60}\|>/, with: "")
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longestText else { return text }
        return String(text.utf8.prefix(longestText)) ?? String(text.prefix(longestText / 4))
    }

    /// In bytes. What comes behind is never spoken: the service takes 2,000 characters.
    private static let longestText = 16 << 10

    /// True for most answers: without these bytes no token, tag, directive or control line can be in the
    /// text.
    private static func isPlain(_ text: String) -> Bool {
        var bytes = text
        let hasSuspect = bytes.withUTF8 { bytes in
            bytes.contains { $0 == 0x3C || $0 == 0x5B || $0 == 0x7B || $0 == 0x5F }  // < [ { _
        }
        return !hasSuspect && !text.containsBytes(of: "MEDIA:") && !text.containsBytes(of: "Agent-to-agent")
            && !isSilent(text)
    }

    private static let silent: Set<String> = [
        "HEARTBEAT_OK", "NO_REPLY", "ANNOUNCE_SKIP", "REPLY_SKIP", "(NO OUTPUT)", "NO OUTPUT",
    ]

    /// A token with all the markup and blanks that may surround it.
    private static let longestSilentText = 200

    /// The whole text is a token, whatever markup or punctuation surrounds it, or a JSON object that holds
    /// only one.
    private static func isSilent(_ text: String) -> Bool {
        guard text.utf8.count <= longestSilentText else { return false }
        if text.containsBytes(of: "{"),
            text.contains(
                /^\s*\{\s*"[A-Za-z_]+"\s*:\s*"(?:HEARTBEAT_OK|NO_REPLY|ANNOUNCE_SKIP|REPLY_SKIP)"\s*\}\s*$/
                    .ignoresCase())
        {
            return true
        }
        if let isToken = isSilent(bytes: text) { return isToken }
        let core = text.drop { $0.isWhitespace || edges.contains($0) }.reversed()
            .drop { $0.isWhitespace || edges.contains($0) }.reversed()
        return silent.contains(String(core).uppercased())
    }

    /// The same for ASCII, which most answers are; nil for anything else.
    private static func isSilent(bytes text: String) -> Bool? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.allSatisfy({ $0 < 0x80 }), let first = bytes.firstIndex(where: { !isEdge($0) }),
                let last = bytes.lastIndex(where: { !isEdge($0) })
            else { return nil }
            guard last - first < longestToken else { return false }
            return silent.contains(String(decoding: bytes[first...last], as: UTF8.self).uppercased())
        }
    }

    private static func isEdge(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || edgeBytes.contains(byte)
    }

    private static let edges = "*`\"'.!,:;~#>[]_-"
    private static let edgeBytes = Array(edges.utf8)

    /// With the markup around it.
    private static let longestToken = 20

    /// What a splitter of sentences has to keep whole.
    static let words = ControlWords(
        tokens: silent,
        linePrefixes: [
            "MEDIA:", "[Inter-session message]", "[Tool Call:", "[Tool Result", "[Historical context",
            "Agent-to-agent announce step",
        ])

    private static func isControlLine(_ line: Substring) -> Bool {
        let line = line.drop(while: \.isWhitespace)
        if words.linePrefixes.contains(where: { line.hasPrefix($0) }) { return true }
        // Talk mode begins with a line such as { "voice": … }.
        return line.hasPrefix("{") && line.contains(/^\{\s*"voice"\s*:.*\}\s*$/)
    }

    /// A token in front of or behind real text goes, the text stays (openclaw issue 19537).
    private static func stripEdgeTokens(_ text: String) -> String {
        // Only the edges are searched, and only as far as a token with its markup reaches.
        let (middle, tail) = (text.dropLast(edgeLength), text.suffix(edgeLength))
        let trailing =
            /[\s*_`]{0,20}\b(?:HEARTBEAT_OK|NO_REPLY|REPLY_SKIP|ANNOUNCE_SKIP)[\s*_`.!]{0,20}$/.ignoresCase()
        let rest = String(middle) + tail.replacing(trailing, with: "")
        let leading = /^[\s*_`]{0,20}HEARTBEAT_OK\b[\s*_`.:-]{0,20}/.ignoresCase()
        return String(rest.prefix(edgeLength)).replacing(leading, with: "") + rest.dropFirst(edgeLength)
    }

    private static let edgeLength = 80

    private static func trimmedOrNil(_ text: String) -> String? {
        if let first = text.utf8.first, let last = text.utf8.last, isPlainEdge(first), isPlainEdge(last) {
            return text
        }
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return nil }
        return String(text[first...last])
    }

    /// Nothing is to be trimmed behind or in front of such a byte.
    private static func isPlainEdge(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
}
