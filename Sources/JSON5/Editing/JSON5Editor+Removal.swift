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
        let comma = layout.comma(after: index)
        let pieces = pieces(of: layout.items[index], comma: comma)
        if index > 0, index == layout.items.count - 1 {
            // Without a comma behind it the last item takes the one before it.
            let before = comma == nil ? layout.comma(after: index - 1) : nil
            let spans = widened(last: pieces, in: layout)
            return ((before.map { [$0..<$0 + 1] } ?? []) + spans).map { .remove($0) }
        }
        let item = layout.items[index]
        let isAlone =
            layout.items.count == 1 && isBlank(layout.inside.lowerBound..<item.lowerBound)
            && isBlank(item.upperBound..<(comma ?? item.upperBound))
            && isBlank((comma.map { $0 + 1 } ?? item.upperBound)..<layout.inside.upperBound)
        return (isAlone ? [layout.inside] : widened(pieces, in: layout)).map { .remove($0) }
    }

    /// An item and the comma after it, in one piece unless something lies between them, a comment perhaps.
    private func pieces(of item: Range<Int>, comma: Int?) -> [Range<Int>] {
        guard let comma else { return [item] }
        return isBlank(item.upperBound..<comma)
            ? [item.lowerBound..<comma + 1] : [item, comma..<comma + 1]
    }

    /// The last item of several goes with the blanks before it: that is its insertion backwards.
    private func widened(last pieces: [Range<Int>], in layout: JSON5Container) -> [Range<Int>] {
        [layout.startOfLast(pieces[0])..<pieces[0].upperBound] + pieces.dropFirst()
    }

    private func widened(_ pieces: [Range<Int>], in layout: JSON5Container) -> [Range<Int>] {
        var spans = pieces
        let (first, last) = (pieces[0], pieces[pieces.count - 1])
        let start = layout.blankStart(before: first.lowerBound)
        if layout.lineStart(start) == start, let next = layout.nextLine(after: first.upperBound) {
            spans[0] = start..<next
        } else if start > layout.inside.lowerBound, bytes[start - 1] == UInt8(ascii: ",") {
            spans[0] = start..<first.upperBound
        } else {
            spans[spans.count - 1] = last.lowerBound..<layout.blankEnd(after: last.upperBound)
        }
        return spans
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 || JSON5Container.isLineEnd($0) }
    }
}

extension JSON5Container {
    /// The end of the comma or comment before the last of several items; the item's own beginning where the
    /// blanks between them stay, for a line comment would swallow what follows the item, or a comment on the
    /// item would lose its line.
    fileprivate func startOfLast(_ item: Range<Int>) -> Int {
        guard let comma = comma(after: items.count - 2) else { return item.lowerBound }
        let before = comments(after: comma + 1).last ?? comma..<comma + 1
        let mayJoin =
            if bytes[before].starts(with: "//".utf8) {
                JSON5Parser(bytes: bytes).lineEndLength(at: item.upperBound) != nil
            } else {
                !hasNewline(before.upperBound..<item.lowerBound)
                    || endOfLineComments(after: item.upperBound) == item.upperBound
            }
        return mayJoin ? before.upperBound : item.lowerBound
    }

    /// The beginning of the next line when only blanks follow in this one.
    fileprivate func nextLine(after offset: Int) -> Int? {
        let end = blankEnd(after: offset)
        return JSON5Parser(bytes: bytes).lineEndLength(at: end).map { end + $0 }
    }
}
