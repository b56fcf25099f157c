package import JSON5

/// Something that was added to openclaw.json, as it is remembered to take away exactly that again.
package struct PatchAddition: Codable, Equatable, Sendable {
    package let file: String
    /// Of the array, or of the member itself.
    package let path: [String]
    /// The text that was added to the array.
    package let entry: String?
    /// The `id` of the object that was added to the array.
    package let entryID: String?
    /// The outermost member that was made for it.
    package let made: [String]?

    /// The file's document without the addition, nil when it is not there any more.
    package func removed(from document: JSON5Document) throws(JSON5EditError) -> JSON5Document? {
        guard let node = document.root[path: path] else { return nil }
        var result = document
        if entry == nil, entryID == nil {
            result = try document.applying(.removeMember(path))
        } else {
            let index = node.elements?.lastIndex { node in
                entry.map { node.string == $0 } ?? (node["id"]?.string == entryID)
            }
            guard let index else { return nil }
            result = try document.applying(.removeElement(index, from: path))
        }
        return try withoutEmpty(result)
    }

    /// What was made for it goes too, from the inside out, as long as nothing else has come into it.
    private func withoutEmpty(_ document: JSON5Document) throws(JSON5EditError) -> JSON5Document {
        guard let made else { return document }
        var result = document
        for length in (made.count...path.count).reversed() {
            let outer = Array(path[..<length])
            guard let value = result.root[path: outer]?.meaning else { continue }
            guard value.elements?.isEmpty == true || value.members?.isEmpty == true else { break }
            result = try result.applying(.removeMember(outer))
        }
        return result
    }
}
