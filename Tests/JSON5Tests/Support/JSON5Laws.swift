@testable import JSON5

/// What holds of every text and change, for the property tests and for the fuzzer.
enum JSON5Laws {
    static let list = ["gateway", "tools", "allow"]
    private static let entry = "sessions_send"

    /// The bytes are kept, and read again they are the same.
    static func reading(_ document: JSON5Document, _ bytes: [UInt8]) throws(BrokenLaw) {
        try BrokenLaw.unless(
            document.bytes == bytes && document.text.utf8.elementsEqual(bytes), "the text is kept", document)
        let again = try? JSON5Document(parsing: document.text)
        try BrokenLaw.unless(
            again?.root.meaning == document.root.meaning, "the text is read the same twice", document)
    }

    /// An entry is appended by insertion alone, once; taken back it leaves what was there.
    static func appending(to old: JSON5Document) throws(BrokenLaw) {
        let value = Sketch(old.root)
        let new = try? old.applying(.append(.string(entry), to: list))
        guard let expected = value.appending(.string(entry), at: list[...]) else {
            return try BrokenLaw.unless(new == nil, "what is in the way stops the change", old)
        }
        guard let new else { throw BrokenLaw(description: "cannot append to\n\(old.text.debugDescription)") }
        try BrokenLaw.unless(isInsertion(old.bytes, new.bytes), "only insertion", old, new)
        let again = try? Sketch(parsing: new.text)
        try BrokenLaw.unless(again?.means(expected) == true, "the old meaning and the entry", old, new)
        try BrokenLaw.unless((try? patched(new)) == new, "a second time changes nothing", old, new)
        try takingBack(new, from: old, expected)
    }

    /// With the entry, which is appended only where it is not there yet.
    private static func patched(_ document: JSON5Document) throws(JSON5EditFailure) -> JSON5Document {
        let elements = document.root[path: list]?.elements ?? []
        guard !elements.contains(where: { $0.string == entry }) else { return document }
        return try document.applying(.append(.string(entry), to: list))
    }

    private static func takingBack(
        _ new: JSON5Document, from old: JSON5Document, _ value: Sketch
    ) throws(BrokenLaw) {
        let last = (new.root[path: list]?.elements?.count ?? 0) - 1
        guard let back = try? new.applying(.removeElement(last, from: list)) else {
            throw BrokenLaw(description: "cannot take back from\n\(new.text.debugDescription)")
        }
        let expected = value.removing(last, at: list[...])
        try BrokenLaw.unless(Sketch(back.root).means(expected), "the old meaning", old, new, back)
        try BrokenLaw.unless(last == 0 || back.bytes == old.bytes, "the old bytes", old, new, back)
    }

    /// What is removed goes, and no comment around it.
    static func removing(_ removal: JSON5Removal, from old: JSON5Document) throws(BrokenLaw) {
        guard let new = try? old.applying(removal.change) else {
            throw BrokenLaw(description: "cannot apply \(removal.change) to\n\(old.text.debugDescription)")
        }
        let expected = removal.expected(Sketch(old.root))
        try BrokenLaw.unless(Sketch(new.root).means(expected), "the rest, after \(removal.change)", old, new)
        let kept = JSON5Comment.all(in: old.bytes).filter { comment in
            !removal.spans.contains { $0.contains(comment.offset) }
        }
        let comments = JSON5Comment.all(in: new.bytes)
        try BrokenLaw.unless(
            comments.map(\.text) == kept.map(\.text), "all comments, after \(removal.change)", old, new)
    }

    /// Whether the old bytes are the new ones without one or two spans.
    private static func isInsertion(_ old: [UInt8], _ new: [UInt8]) -> Bool {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
        let (middle, rest) = (old[start..<old.count - end], new[start..<new.count - end])
        guard middle.count <= rest.count else { return false }
        return (0...rest.count - middle.count).contains { rest.dropFirst($0).starts(with: middle) }
    }
}
