extension JSON5Document {
    /// The document after a change. The smallest spans are inserted or replaced, in the style of what surrounds them;
    /// every other byte stays. The result has been parsed again and means what it should.
    ///
    /// - Throws: ``JSON5EditError``; the document itself never changes.
    package func applying(_ change: JSON5Change) throws(JSON5EditError) -> JSON5Document {
        let edits = try JSON5Editor(self).edits(for: change)
        guard let next = try? JSON5Document(parsing: JSON5Edit.apply(edits, to: bytes)),
            next.root.meaning == root.meaning.applying(change)
        else { throw .unverified }
        return next
    }
}
