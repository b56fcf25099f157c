import Foundation
package import JSON5

/// What a change of a configuration looks like, line by line, with secrets masked on both sides.
package enum MaskedDiff {
    private static let secretWords = ["token", "password", "secret", "key", "authorization", "credential"]
    private static let contextLines = 2

    /// Lines that begin with `-`, `+` or a blank, and `…` where unchanged ones are left out.
    package static func lines(from before: JSON5Document, to after: JSON5Document) -> [String] {
        let (old, new) = (maskedLines(before), maskedLines(after))
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var rows: [(mark: String, text: String)] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if removed.contains(i) {
                rows.append(("-", old[i]))
                i += 1
            } else if inserted.contains(j) {
                rows.append(("+", new[j]))
                j += 1
            } else {
                rows.append((" ", old[i]))
                (i, j) = (i + 1, j + 1)
            }
        }
        return abridged(rows)
    }

    private static func abridged(_ rows: [(mark: String, text: String)]) -> [String] {
        let changed = rows.indices.filter { rows[$0].mark != " " }
        var lines: [String] = []
        var isLeavingOut = false
        for (index, row) in rows.enumerated() {
            let isNear = changed.contains { abs($0 - index) <= contextLines }
            if isNear {
                lines.append("\(row.mark) \(row.text)")
            } else if !isLeavingOut {
                lines.append("…")
            }
            isLeavingOut = !isNear
        }
        return lines
    }

    // MARK: masking

    private static func maskedLines(_ document: JSON5Document) -> [String] {
        var spans = Spans()
        collect(document.root, isSecret: false, into: &spans)
        let masks =
            spans.secrets.map { ($0, "\"***\"") }
            + secretComments(document.bytes, outside: spans.texts).map { ($0, "/* … */") }
        var bytes: [UInt8] = []
        var position = 0
        for (range, mask) in masks.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
            bytes += document.bytes[position..<range.lowerBound]
            bytes += Array(mask.utf8)
            position = range.upperBound
        }
        bytes += document.bytes[position...]
        return String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).map(shown)
    }

    /// Control characters are spelled out: they could hide a change from who is asked about it.
    private static func shown(_ line: Substring) -> String {
        var text = ""
        for scalar in line.unicodeScalars {
            let isPlain = scalar == "\t" || ![.control, .format].contains(scalar.properties.generalCategory)
            text += isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
        }
        return text
    }

    private struct Spans {
        /// Texts and numbers below a key that speaks of a secret.
        var secrets: [Range<Int>] = []
        /// All texts and keys, in which nothing is a comment.
        var texts: [Range<Int>] = []
    }

    private static func collect(_ node: JSON5Node, isSecret: Bool, into spans: inout Spans) {
        switch node.value {
        case .string, .number:
            if isSecret { spans.secrets.append(node.range) }
            spans.texts.append(node.range)
        case .array(let elements): elements.forEach { collect($0, isSecret: isSecret, into: &spans) }
        case .object(let members):
            for member in members {
                spans.texts.append(member.keyRange)
                collect(member.node, isSecret: isSecret || speaksOfSecret(member.key), into: &spans)
            }
        default: break
        }
    }

    private static func speaksOfSecret(_ text: String) -> Bool {
        let lowered = text.lowercased()
        return secretWords.contains(where: lowered.contains)
    }

    /// Comments that speak of a secret, or follow in the line of something that does: they may hold an old one.
    private static func secretComments(_ bytes: [UInt8], outside texts: [Range<Int>]) -> [Range<Int>] {
        var comments: [Range<Int>] = []
        var position = 0
        // What was seen of the line so far, up to where it was looked at.
        var (lookedAt, isSecretLine) = (0, false)
        var skipped = texts.sorted { $0.lowerBound < $1.lowerBound }[...]
        while position < bytes.count {
            if let text = skipped.first, text.lowerBound == position {
                position = text.upperBound
                skipped.removeFirst()
            } else if let end = commentEnd(bytes, at: position) {
                let seen = String(decoding: bytes[lookedAt..<end], as: UTF8.self)
                isSecretLine = isSecretLine || speaksOfSecret(seen)
                lookedAt = end
                if isSecretLine { comments.append(position..<end) }
                position = end
            } else {
                if isLineEnd(bytes[position]) { (lookedAt, isSecretLine) = (position + 1, false) }
                position += 1
            }
        }
        return comments
    }

    /// Past the comment that begins at an offset, nil where none does.
    private static func commentEnd(_ bytes: [UInt8], at offset: Int) -> Int? {
        let rest = bytes[offset...]
        if rest.starts(with: "//".utf8) { return rest.firstIndex(where: isLineEnd) ?? bytes.count }
        guard rest.starts(with: "/*".utf8) else { return nil }
        let end = rest.dropFirst(2).indices.first { bytes[$0...].starts(with: "*/".utf8) }
        return end.map { $0 + 2 } ?? bytes.count
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
