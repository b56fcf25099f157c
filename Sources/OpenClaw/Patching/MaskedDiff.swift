import Foundation
package import JSON5

/// What a change of a configuration looks like, line by line, with secrets masked on both sides.
package enum MaskedDiff {
    private static let secretWords = ["token", "password", "secret", "key"]
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
                rows.append((" ", withoutComment(old[i])))
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

    /// A comment may hold an old secret.
    private static func withoutComment(_ line: String) -> String {
        let lowered = line.lowercased()
        guard secretWords.contains(where: lowered.contains) else { return line }
        let start = [line.range(of: "//"), line.range(of: "/*")].compactMap { $0?.lowerBound }.min()
        return start.map { String(line[..<$0]) + "/* … */" } ?? line
    }

    // MARK: masking

    private static func maskedLines(_ document: JSON5Document) -> [String] {
        var ranges: [Range<Int>] = []
        collect(document.root, isSecret: false, into: &ranges)
        var bytes: [UInt8] = []
        var position = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            bytes += document.bytes[position..<range.lowerBound]
            bytes += Array("\"***\"".utf8)
            position = range.upperBound
        }
        bytes += document.bytes[position...]
        return String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).map(String.init)
    }

    /// The spans of all texts and numbers below a key that speaks of a secret.
    private static func collect(_ node: JSON5Node, isSecret: Bool, into ranges: inout [Range<Int>]) {
        switch node.value {
        case .string, .number: if isSecret { ranges.append(node.range) }
        case .array(let elements): elements.forEach { collect($0, isSecret: isSecret, into: &ranges) }
        case .object(let members):
            for member in members {
                let key = member.key.lowercased()
                let speaks = secretWords.contains(where: key.contains)
                collect(member.node, isSecret: isSecret || speaks, into: &ranges)
            }
        default: break
        }
    }
}
