/// One change of what a document means. Paths are keys from the root.
package enum JSON5Change: Equatable, Sendable {
    /// Adds an element at the end of an array; the array, and objects on the way, are made where they are missing.
    case append(JSON5Value, to: [String])
    /// Sets a member, in place of its value or as the last one; objects on the way are made where missing.
    case set(JSON5Value, at: [String])
    /// Takes an element out of an array.
    case removeElement(Int, from: [String])
    /// Takes a member out of its object, all of its duplicates.
    case removeMember([String])
}

extension JSON5Document {
    /// The document after a change. The smallest spans are inserted or replaced, in the style of what surrounds them;
    /// every other byte stays. The result has been parsed again and means what it should.
    ///
    /// - Throws: ``JSON5EditFailure``; the document itself never changes.
    package func applying(_ change: JSON5Change) throws(JSON5EditFailure) -> JSON5Document {
        let edits = try JSON5Editor(self).edits(for: change)
        guard let next = try? JSON5Document(parsing: JSON5Edit.apply(edits, to: bytes)),
            next.root.meaning == root.meaning.applying(change)
        else { throw .unverified }
        return next
    }
}

/// Why a document cannot be changed as asked.
package enum JSON5EditFailure: Error, Equatable, Sendable {
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
