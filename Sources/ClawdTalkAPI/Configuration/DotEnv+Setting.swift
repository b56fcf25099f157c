extension DotEnv {
    /// A .env text in which a name has a value: in place of its first assignment, otherwise as a last line. Everything
    /// else stays.
    package static func setting(_ name: String, to value: String, in text: String) -> String {
        let assignment = "\(name)=\(quoted(value))"
        var lines = lines(of: text)
        if let index = lines.firstIndex(where: { assigns(name, $0) }) {
            let old = lines[index]
            let line = String(old[..<nameStart(old)]) + assignment + (old.last == "\r" ? "\r" : "")
            lines[index] = line[...].unicodeScalars
            return joined(lines)
        }
        let lineEnd = lines[0].last == "\r" ? "\r\n" : "\n"
        let isComplete = lines[lines.count - 1].isEmpty
        return text + (isComplete ? "" : lineEnd) + assignment + lineEnd
    }

    /// A .env text without the assignments of a name.
    package static func removing(_ name: String, from text: String) -> String {
        joined(lines(of: text).filter { !assigns(name, $0) })
    }

    private static func assigns(_ name: String, _ line: Text) -> Bool {
        DotEnv(parsing: String(line)).values[name] != nil
    }

    /// The lines, each with the CR that it may end with.
    private static func lines(of text: String) -> [Text] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Text($0) }
    }

    private static func joined(_ lines: [Text]) -> String {
        lines.map { String($0) }.joined(separator: "\n")
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || [0x2D, 0x2E, 0x5F].contains($0)
        }
        if isPlain { return value }
        let escapes: [Unicode.Scalar: String] = ["\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\r": "\\r"]
        return "\"" + value.unicodeScalars.map { escapes[$0] ?? String($0) }.joined() + "\""
    }
}
