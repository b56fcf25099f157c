extension JSON5Editor {
    func removeElement(_ index: Int, from path: [String]) throws(JSON5EditFailure) -> [JSON5Edit] {
        let trail = try walk(path[...])
        guard trail.rest.isEmpty else { throw .missing(path: path) }
        guard let elements = trail.found.elements else { throw unexpected(trail.found, path, "an array") }
        guard elements.indices.contains(index), let layout = JSON5Container(trail.found, in: bytes) else {
            throw .missing(path: path + [String(index)])
        }
        return removal(of: [index], from: layout)
    }

    /// All members of that key.
    func removeMember(_ path: [String]) throws(JSON5EditFailure) -> [JSON5Edit] {
        let trail = try walk(path.dropLast())
        guard trail.rest.isEmpty, let key = path.last else { throw .missing(path: path) }
        guard case .object(let members) = trail.found.value else {
            throw unexpected(trail.found, path.dropLast(), "an object")
        }
        let indices = members.indices.filter { members[$0].key.utf8.elementsEqual(key.utf8) }
        guard !indices.isEmpty, let layout = JSON5Container(trail.found, in: bytes) else {
            throw .missing(path: path)
        }
        return removal(of: indices, from: layout)
    }

    /// Takes the items with their commas and their share of blanks; comments stay. Items with nothing but blanks between
    /// them go as if they were one.
    private func removal(of indices: [Int], from layout: JSON5Container) -> [JSON5Edit] {
        let groups = neighbours(among: indices, in: layout)
        if groups.count == 1, isAllThereIs(groups[0], in: layout) { return [.remove(layout.inside)] }
        var spans = groups.flatMap { pieces(of: $0, in: layout) }
        if let comma = commaBeforeEnd(indices, in: layout) { spans.append(comma..<comma + 1) }
        return Self.merged(spans).map { .remove($0) }
    }

    private func neighbours(among indices: [Int], in layout: JSON5Container) -> [ClosedRange<Int>] {
        var groups: [ClosedRange<Int>] = []
        for index in indices {
            if let last = groups.last, last.upperBound == index - 1, layout.isTogether(index - 1, index) {
                groups[groups.count - 1] = last.lowerBound...index
            } else {
                groups.append(index...index)
            }
        }
        return groups
    }

    private func pieces(of group: ClosedRange<Int>, in layout: JSON5Container) -> [Range<Int>] {
        let pieces = pieces(of: layout.range(of: group), comma: layout.comma(after: group.upperBound))
        let isLast = group.lowerBound > 0 && group.upperBound == layout.items.count - 1
        return isLast ? widened(last: pieces, in: layout, group.lowerBound) : widened(pieces, in: layout)
    }

    /// Where the last items go and no comma is behind them, the one before them goes too.
    private func commaBeforeEnd(_ indices: [Int], in layout: JSON5Container) -> Int? {
        guard let last = indices.last, last == layout.items.count - 1, layout.comma(after: last) == nil
        else { return nil }
        var first = last
        for index in indices.dropLast().reversed() where index == first - 1 { first = index }
        return first > 0 ? layout.comma(after: first - 1) : nil
    }

    private func isAllThereIs(_ group: ClosedRange<Int>, in layout: JSON5Container) -> Bool {
        guard group == 0...(layout.items.count - 1) else { return false }
        let (range, comma) = (layout.range(of: group), layout.comma(after: group.upperBound))
        return layout.isBlank(layout.inside.lowerBound..<range.lowerBound)
            && layout.isBlank(range.upperBound..<(comma ?? range.upperBound))
            && layout.isBlank((comma.map { $0 + 1 } ?? range.upperBound)..<layout.inside.upperBound)
    }

    /// In the order of the text, without overlap.
    private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
            if let last = merged.last, last.upperBound >= span.lowerBound {
                let end = max(last.upperBound, span.upperBound)
                merged[merged.count - 1] = last.lowerBound..<end
            } else {
                merged.append(span)
            }
        }
        return merged
    }

    /// An item and the comma after it, in one piece unless something lies between them, a comment perhaps.
    private func pieces(of item: Range<Int>, comma: Int?) -> [Range<Int>] {
        guard let comma else { return [item] }
        return bytes[item.upperBound..<comma].allSatisfy(JSON5Container.isBlank)
            ? [item.lowerBound..<comma + 1] : [item, comma..<comma + 1]
    }

    /// The last item of several goes with the blanks before it: that is its insertion backwards.
    private func widened(
        last pieces: [Range<Int>], in layout: JSON5Container, _ index: Int
    ) -> [Range<Int>] {
        [layout.startOfLast(pieces[0], after: index - 1)..<pieces[0].upperBound] + pieces.dropFirst()
    }

    private func widened(_ pieces: [Range<Int>], in layout: JSON5Container) -> [Range<Int>] {
        var spans = pieces
        let (first, last) = (pieces[0], pieces[pieces.count - 1])
        let start = layout.blankStart(before: first.lowerBound)
        if layout.isLineStart(start), let next = layout.nextLine(after: first.upperBound) {
            spans[0] = start..<next
        } else if start > layout.inside.lowerBound, bytes[start - 1] == UInt8(ascii: ",") {
            spans[0] = start..<first.upperBound
        } else {
            spans[spans.count - 1] = last.lowerBound..<layout.blankEnd(after: last.upperBound)
        }
        return spans
    }
}

extension JSON5Container {
    fileprivate func range(of group: ClosedRange<Int>) -> Range<Int> {
        items[group.lowerBound].lowerBound..<items[group.upperBound].upperBound
    }

    /// Whether nothing but blanks and a comma stands between an item and the next.
    fileprivate func isTogether(_ index: Int, _ next: Int) -> Bool {
        bytes[items[index].upperBound..<items[next].lowerBound]
            .allSatisfy { Self.isBlank($0) || $0 == UInt8(ascii: ",") }
    }

    fileprivate func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy(Self.isBlank) }

    fileprivate static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || isLineEnd(byte)
    }

    /// The end of the comma or comment before the last of several items; the item's own beginning where the
    /// blanks between them stay, for a line comment would swallow what follows the item, or a comment on the
    /// item would lose its line.
    fileprivate func startOfLast(_ item: Range<Int>, after index: Int) -> Int {
        guard let comma = comma(after: index) else { return item.lowerBound }
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
