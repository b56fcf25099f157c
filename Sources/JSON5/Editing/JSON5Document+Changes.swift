extension JSON5Document {
    /// The document after a change. The smallest spans are inserted or replaced, in the style of what surrounds them;
    /// every other byte stays. The result has been parsed again and means what it should.
    ///
    /// - Throws: ``JSON5EditError``; the document itself never changes.
    package func applying(_ change: JSON5Change) throws(JSON5EditError) -> JSON5Document {
        var document = self
        repeat {
            let edits = try JSON5Editor(document).edits(for: change)
            guard let next = try? JSON5Document(parsing: JSON5Edit.apply(edits, to: document.bytes)) else {
                throw .unverified
            }
            document = next
        } while document.stillHas(change)
        guard document.root.meaning == root.meaning.applying(change) else { throw .unverified }
        return document
    }

    /// Whether a member that goes has another one of the same key.
    private func stillHas(_ change: JSON5Change) -> Bool {
        guard case .removeMember(let path) = change else { return false }
        return root[path: path] != nil
    }
}
