extension JSON5Value {
    /// What a document of this meaning means after a change, worked out without any text: the editor's result is
    /// held against it. nil when the change cannot be made.
    package func applying(_ change: JSON5Change) -> JSON5Value? {
        switch change {
        case .append(let element, let path):
            updated(at: path[...]) { old in
                guard let old else { return .array([element]) }
                guard case .array(let elements) = old else { return nil }
                return .array(elements + [element])
            }
        case .set(let value, let path): updated(at: path[...]) { _ in value }
        case .removeElement(let index, let path):
            updated(at: path[...]) { old in
                guard case .array(var elements)? = old, elements.indices.contains(index) else { return nil }
                elements.remove(at: index)
                return .array(elements)
            }
        case .removeMember(let path):
            updated(at: path.dropLast()) { old in
                guard case .object(let members)? = old, let key = path.last else { return nil }
                let kept = members.filter { !$0.key.utf8.elementsEqual(key.utf8) }
                return kept.count < members.count ? .object(kept) : nil
            }
        }
    }

    /// - Parameter update: the new value for the old one, which is nil where there is none yet.
    private func updated(at path: ArraySlice<String>, _ update: (JSON5Value?) -> JSON5Value?) -> JSON5Value? {
        guard let key = path.first else { return update(self) }
        guard case .object(var members) = self else { return nil }
        let rest = path.dropFirst()
        if let index = members.lastIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
            guard let value = members[index].value.updated(at: rest, update) else { return nil }
            members[index].value = value
        } else {
            let value = rest.isEmpty ? update(nil) : JSON5Value.object([]).updated(at: rest, update)
            guard let value else { return nil }
            members.append((key, value))
        }
        return .object(members)
    }
}
