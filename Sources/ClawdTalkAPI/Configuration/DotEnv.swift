/// The usual rules of .env files: `NAME=value` lines, `export`, comments, single and double quotes, CRLF, a
/// last line without an end. Nothing is ever executed or expanded. The first assignment of a name wins.
package struct DotEnv: Equatable, Sendable {
    package private(set) var values: [String: String] = [:]

    /// By scalars, as all programs read such files: for Swift's characters a CR and LF are one.
    typealias Text = Substring.UnicodeScalarView

    package init(parsing text: String) {
        for line in text.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" }) {
            guard let (name, value) = Self.assignment(line), values[name] == nil else { continue }
            values[name] = value
        }
    }

    private static func assignment(_ line: Text) -> (String, String)? {
        let rest = line[nameStart(line)...]
        guard let equals = rest.firstIndex(of: "=") else { return nil }
        let name = String(trimmed(rest[..<equals]))
        guard EnvironmentName.isValid(name) else { return nil }
        return (name, value(rest[rest.index(after: equals)...].drop(while: isBlank)))
    }

    /// Past the blanks and `export` that a line may begin with.
    static func nameStart(_ line: Text) -> Text.Index {
        let start = line.drop(while: isBlank)
        let word = start.prefix { !isBlank($0) }
        guard String(word) == "export" else { return start.startIndex }
        return start[word.endIndex...].drop(while: isBlank).startIndex
    }

    private static func value(_ text: Text) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'" else { return unquoted(text) }
        var value = String.UnicodeScalarView()
        var escaped = false
        for scalar in text.dropFirst() {
            if escaped {
                value.append(["n": "\n", "r": "\r", "t": "\t"][scalar] ?? scalar)
                escaped = false
            } else if scalar == "\\", quote == "\"" {
                escaped = true
            } else if scalar == quote {
                return String(value)
            } else {
                value.append(scalar)
            }
        }
        return unquoted(text)  // the quote was never closed: it is a character like others
    }

    /// A comment begins at a `#` after white space.
    private static func unquoted(_ text: Text) -> String {
        let comment = text.indices.first { index in
            text[index] == "#" && (index == text.startIndex || isBlank(text[text.index(before: index)]))
        }
        return String(trimmed(text[..<(comment ?? text.endIndex)]))
    }

    private static func trimmed(_ text: Text) -> Text {
        var text = text
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
