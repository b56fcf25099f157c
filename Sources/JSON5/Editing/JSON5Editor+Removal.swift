extension JSON5Editor {
    func removeElement(_ index: Int, from path: [String]) throws(JSON5EditError) -> [JSON5Edit] {
        let trail = try walk(path[...])
        guard trail.rest.isEmpty else { throw .missing(path: path) }
        guard let elements = trail.found.elements else { throw unexpected(trail.found, path, "an array") }
        guard elements.indices.contains(index), let layout = JSON5Container(trail.found, in: bytes) else {
            throw .missing(path: path + [String(index)])
        }
        return removal(of: index, from: layout)
    }

    /// The last of the members of that key; the others are for the next time.
    func removeMember(_ path: [String]) throws(JSON5EditError) -> [JSON5Edit] {
        let trail = try walk(path.dropLast())
        guard trail.rest.isEmpty, let key = path.last else { throw .missing(path: path) }
        guard case .object(let members) = trail.found.value else {
            throw unexpected(trail.found, path.dropLast(), "an object")
        }
        guard let index = members.lastIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }),
            let layout = JSON5Container(trail.found, in: bytes)
        else { throw .missing(path: path) }
        return removal(of: index, from: layout)
    }

    /// Takes the item with its comma and its share of blanks; comments stay.
    private func removal(of index: Int, from layout: JSON5Container) -> [JSON5Edit] {
        let item = layout.items[index]
        let ownComma = layout.comma(after: index)
        let isAlone =
            layout.items.count == 1 && isBlank(layout.inside.lowerBound..<item.lowerBound)
            && isBlank(item.upperBound..<(ownComma ?? item.upperBound))
            && isBlank((ownComma.map { $0 + 1 } ?? item.upperBound)..<layout.inside.upperBound)
        if isAlone { return [.remove(layout.inside)] }
        if let ownComma { return removal(of: item, comma: ownComma, from: layout) }
        guard index > 0, let comma = layout.comma(after: index - 1) else {
            return [.remove(layout.line(of: item) ?? item)]
        }
        // Nothing may be left behind a line comment that would then swallow it.
        let start = layout.blankStart(before: item.lowerBound, lineEnds: true)
        if start == comma + 1 { return [.remove(comma..<item.upperBound)] }
        let isLineFree = layout.isLineFree(after: item.upperBound)
        return [
            .remove(comma..<comma + 1), .remove((isLineFree ? start : item.lowerBound)..<item.upperBound),
        ]
    }

    private func removal(of item: Range<Int>, comma: Int, from layout: JSON5Container) -> [JSON5Edit] {
        let end = comma + 1
        // What lies between an item and its comma, a comment perhaps, stays.
        let pieces = isBlank(item.upperBound..<comma) ? [item.lowerBound..<end] : [item, comma..<end]
        let (first, last) = (pieces[0], pieces[pieces.count - 1])
        let start = layout.blankStart(before: first.lowerBound)
        var edits = pieces
        if pieces.count == 1, let line = layout.line(of: item.lowerBound..<end) {
            edits[0] = line
        } else if start > layout.inside.lowerBound, bytes[start - 1] == UInt8(ascii: ",") {
            edits[0] = start..<first.upperBound
        } else {
            edits[edits.count - 1] = last.lowerBound..<layout.blankEnd(after: end)
        }
        return edits.map { .remove($0) }
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 || JSON5Container.isLineEnd($0) }
    }
}

extension JSON5Container {
    /// The whole line of a span that has it for itself.
    fileprivate func line(of span: Range<Int>) -> Range<Int>? {
        let start = blankStart(before: span.lowerBound)
        guard start == lineStart(span.lowerBound), isLineFree(after: span.upperBound) else { return nil }
        return start..<nextLine(after: span.upperBound)
    }

    /// Whether only blanks follow in the line.
    fileprivate func isLineFree(after offset: Int) -> Bool {
        let end = blankEnd(after: offset)
        return end == bytes.count || Self.isLineEnd(bytes[end])
    }

    /// The beginning of the next line after one that is free.
    fileprivate func nextLine(after offset: Int) -> Int {
        let end = blankEnd(after: offset)
        guard end < bytes.count else { return end }
        return end + (bytes[end] == 0x0D && bytes[(end + 1)...].first == 0x0A ? 2 : 1)
    }
}
