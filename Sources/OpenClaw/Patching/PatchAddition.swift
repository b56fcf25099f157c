package import JSON5

/// Something that was added to openclaw.json, as it is remembered to take away exactly that again.
package struct PatchAddition: Codable, Equatable, Sendable {
    package let file: String
    /// Of the array, or of the member itself.
    package let path: [String]
    /// The text that was added to the array, or the text or flag that is the member.
    package let entry: String?
    /// The texts and flags of the object that was added to the array, or as the member.
    package let members: [String: String]?
    /// The outermost member that was made for it.
    package let made: [String]?

    /// The file's document without the addition, nil when it is not there any more as it was added: what somebody has
    /// changed since is theirs. The default agent stays as long as there are others.
    package func removed(from document: JSON5Document) throws(JSON5EditFailure) -> JSON5Document? {
        guard let node = document.root[path: path] else { return nil }
        guard let elements = node.elements else {
            let isAsAdded =
                members.map { Self.members(of: node.meaning) == $0 } ?? (Self.word(node.meaning) == entry)
            guard isAsAdded else { return nil }
            return try withoutEmpty(document.applying(.removeMember(path)))
        }
        let index = elements.lastIndex { node in
            entry.map { node.string == $0 } ?? (Self.members(of: node.meaning) == members)
        }
        guard let index, members?["default"] == nil || elements.count == 1 else { return nil }
        return try withoutEmpty(document.applying(.removeElement(index, from: path)))
    }

    /// What an addition is called in a message.
    package var title: String {
        ([path.joined(separator: ".")] + [entry ?? members?["id"]].compactMap { $0 }).joined(separator: " ")
    }

    /// An object of texts and flags; nil for anything else, or with anything else in it.
    static func members(of value: JSON5Value) -> [String: String]? {
        guard let members = value.members else { return nil }
        let known = members.compactMap { member in
            word(member.value).map { (member.key, $0) }
        }
        return known.count == members.count ? Dictionary(known) { $1 } : nil
    }

    /// A text or a flag.
    static func word(_ value: JSON5Value) -> String? { value.string ?? value.bool.map { String($0) } }

    /// What was made for it goes too, from the inside out, as long as nothing else has come into it.
    private func withoutEmpty(_ document: JSON5Document) throws(JSON5EditFailure) -> JSON5Document {
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
