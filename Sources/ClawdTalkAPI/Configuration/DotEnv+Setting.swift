extension DotEnv {
    /// A .env text in which a name has a value: in place of its first assignment, otherwise as a last line. Everything
    /// else stays.
    package static func setting(_ name: String, to value: String, in text: String) -> String {
        let line = "\(name)=\(quoted(value))"
        var lines = lines(of: text)
        if let index = lines.firstIndex(where: { DotEnv(parsing: $0).values[name] != nil }) {
            lines[index] = line + (lines[index].unicodeScalars.last == "\r" ? "\r" : "")
            return lines.joined(separator: "\n")
        }
        let isComplete = text.isEmpty || text.unicodeScalars.last == "\n"
        return text + (isComplete ? "" : "\n") + line + "\n"
    }

    /// A .env text without the assignments of a name.
    package static func removing(_ name: String, from text: String) -> String {
        lines(of: text).filter { DotEnv(parsing: $0).values[name] == nil }.joined(separator: "\n")
    }

    /// By scalars: for Swift a CR and LF are one character, which is no LF.
    private static func lines(of text: String) -> [String] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || [0x2D, 0x2E, 0x5F].contains($0)
        }
        if isPlain { return value }
        let escaped = value.map { ["\\": "\\\\", "\"": "\\\"", "\n": "\\n"][$0] ?? String($0) }.joined()
        return "\"\(escaped)\""
    }
}
