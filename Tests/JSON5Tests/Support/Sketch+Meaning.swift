/// What a value means and what a change makes of it, worked out apart from the library.
extension Sketch {
    /// Whether both mean the same: of duplicate keys the last one counts, their order does not, NaN is NaN.
    func means(_ other: Sketch) -> Bool {
        switch (self, other) {
        case (.number(let a), .number(let b)): a == b || a.isNaN && b.isNaN
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.means($1) }
        case (.object(let a), .object(let b)): Self.mean(Self.plain(a), Self.plain(b))
        default: self == other
        }
    }

    private static func mean(_ a: [Pair], _ b: [Pair]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.isNamed($1.key) && $0.value.means($1.value) }
    }

    /// The pairs that count, in the order of their keys' bytes.
    private static func plain(_ pairs: [Pair]) -> [Pair] {
        pairs.indices.filter { index in !pairs[(index + 1)...].contains { $0.isNamed(pairs[index].key) } }
            .map { pairs[$0] }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    subscript(path path: ArraySlice<String>) -> Sketch? {
        guard let key = path.first else { return self }
        guard case .object(let pairs) = self else { return nil }
        return pairs.last { $0.isNamed(key) }?.value[path: path.dropFirst()]
    }

    /// With one more element in the list at a path; nil when something else is in the way.
    func appending(_ element: Sketch, at path: ArraySlice<String>) -> Sketch? {
        guard let key = path.first else {
            guard case .array(let elements) = self else { return nil }
            return .array(elements + [element])
        }
        guard case .object(let pairs) = self else { return nil }
        let empty: Sketch = path.count > 1 ? [:] : []
        let old = pairs.last { $0.isNamed(key) }?.value ?? empty
        return old.appending(element, at: path.dropFirst()).map { .object(pairs + [Pair(key, $0)]) }
    }

    /// Without an element of the list at a path.
    func removing(_ index: Int, at path: ArraySlice<String>) -> Sketch {
        replacing(at: path) {
            guard case .array(var elements) = $0 else { return $0 }
            elements.remove(at: index)
            return .array(elements)
        }
    }

    /// Without a member, and without its duplicates.
    func removing(_ path: ArraySlice<String>) -> Sketch {
        replacing(at: path.dropLast()) {
            guard case .object(let pairs) = $0 else { return $0 }
            return .object(pairs.filter { !$0.isNamed(path.last ?? "") })
        }
    }

    private func replacing(at path: ArraySlice<String>, _ change: (Sketch) -> Sketch) -> Sketch {
        guard let key = path.first else { return change(self) }
        guard case .object(let pairs) = self, let old = pairs.last(where: { $0.isNamed(key) }) else {
            return self
        }
        return .object(pairs + [Pair(key, old.value.replacing(at: path.dropFirst(), change))])
    }
}

extension Sketch.Pair {
    fileprivate func isNamed(_ name: String) -> Bool { key.utf8.elementsEqual(name.utf8) }
}
