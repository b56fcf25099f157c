/// Why a document cannot be changed as asked.
package enum JSON5EditError: Error, Equatable, Sendable {
    /// There is a value of another kind on the way; with the position of that value.
    case unexpectedKind(path: [String], expected: String, line: Int, column: Int)
    case missing(path: [String])
    /// The changed text does not mean what it should: nothing is given back then.
    case unverified

    package var summary: String {
        switch self {
        case .unexpectedKind(let path, let expected, let line, let column):
            "\(path.isEmpty ? "the whole value" : path.joined(separator: ".")) is not \(expected) "
                + "(line \(line), column \(column))"
        case .missing(let path): "there is no \(path.joined(separator: "."))"
        case .unverified: "the changed text would not mean what it should"
        }
    }
}
