/// The usual rules of .env files: `NAME=value` lines, `export`, comments, single and double quotes, CRLF, a
/// last line without an end. Nothing is ever executed or expanded. The first assignment of a name wins.
package struct DotEnv: Equatable, Sendable {
    package private(set) var values: [String: String] = [:]

    package init(parsing text: String) {
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            guard let (name, value) = Self.assignment(line), values[name] == nil else { continue }
            values[name] = value
        }
    }

    private static func assignment(_ line: Substring) -> (String, String)? {
        var rest = line.drop(while: \.isWhitespace)
        if rest.hasPrefix("export"), rest.dropFirst(6).first?.isWhitespace == true {
            rest = rest.dropFirst(6).drop(while: \.isWhitespace)
        }
        guard let equals = rest.firstIndex(of: "=") else { return nil }
        let name = rest[..<equals].reversed().drop(while: \.isWhitespace).reversed()
        guard EnvironmentName.isValid(String(name)) else { return nil }
        return (String(name), value(rest[rest.index(after: equals)...].drop(while: \.isWhitespace)))
    }

    private static func value(_ text: Substring) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'" else { return unquoted(text) }
        var value = ""
        var escaped = false
        for character in text.dropFirst() {
            if escaped {
                value += ["n": "\n", "r": "\r", "t": "\t"][character] ?? String(character)
                escaped = false
            } else if character == "\\", quote == "\"" {
                escaped = true
            } else if character == quote {
                return value
            } else {
                value.append(character)
            }
        }
        return unquoted(text)  // the quote was never closed: it is a character like others
    }

    /// A comment begins at a `#` after white space.
    private static func unquoted(_ text: Substring) -> String {
        var end = text.endIndex
        for index in text.indices where text[index] == "#" {
            if index == text.startIndex || text[text.index(before: index)].isWhitespace {
                end = index
                break
            }
        }
        return String(text[..<end].reversed().drop(while: \.isWhitespace).reversed())
    }
}
