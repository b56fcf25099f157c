/// The names in an agent's own files, USER.md and IDENTITY.md: lines such as `- **Name:** Ana`. Placeholders are not
/// names, and remarks after a name are not part of it.
package enum WorkspaceNames {
    /// How the user is called, by the text of USER.md.
    package static func owner(inUserFile text: String) -> String? {
        name(in: text, labels: ["what to call them", "preferred address", "name"])
    }

    /// How the agent is called, by the text of IDENTITY.md.
    package static func agent(inIdentityFile text: String) -> String? { name(in: text, labels: ["name"]) }

    private static let markup: Set<Character> = ["*", "_", "`", " ", "\t"]
    private static let placeholders: Set<String> = [
        "pick something you like", "optional", "name", "your name", "unknown", "tbd", "todo", "none", "n/a",
    ]

    private static func name(in text: String, labels: [String]) -> String? {
        var found: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let label = line[..<colon].drop { $0 == "-" || $0 == "*" || $0.isWhitespace }
                .filter { !"*_`".contains($0) }.lowercased()
            let key = String(label.reversed().drop(while: \.isWhitespace).reversed())
            guard labels.contains(key), let name = name(from: line[line.index(after: colon)...]) else {
                continue
            }
            found[key] = name
        }
        return labels.lazy.compactMap { found[$0] }.first
    }

    private static func name(from text: Substring) -> String? {
        var name = trimmed(text)
        // A whole value in brackets is a hint of what to write there.
        guard let first = name.first, !"([<{".contains(first) else { return nil }
        for remark in [" (", " [", " <", " - ", " – ", " — ", ", ", "; ", " //", " #", " |"] {
            if let range = name.firstRange(of: remark) { name = name[..<range.lowerBound] }
        }
        name = trimmed(name)
        let isName =
            !name.isEmpty && name.count <= 40 && !placeholders.contains(name.lowercased())
            && name.contains(where: \.isLetter)
        return isName ? String(name) : nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { markup.contains($0) }
        while let last = text.last, markup.contains(last) { text = text.dropLast() }
        return text
    }
}
