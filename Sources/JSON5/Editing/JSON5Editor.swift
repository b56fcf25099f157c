/// A replacement of a span of bytes. Offsets are those of the text before any edit.
struct JSON5Edit: Equatable {
    let range: Range<Int>
    let replacement: [UInt8]

    static func insert(_ bytes: [UInt8], at offset: Int) -> Self {
        Self(range: offset..<offset, replacement: bytes)
    }

    static func remove(_ range: Range<Int>) -> Self { Self(range: range, replacement: []) }

    /// - Parameter edits: in the order of the text, without overlap.
    static func apply(_ edits: [JSON5Edit], to bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for edit in edits {
            result += bytes[position..<edit.range.lowerBound]
            result += edit.replacement
            position = edit.range.upperBound
        }
        return result + bytes[position...]
    }
}

/// Works out the smallest edits that make a change.
struct JSON5Editor {
    let bytes: [UInt8]
    private let root: JSON5Node

    init(_ document: JSON5Document) { (bytes, root) = (document.bytes, document.root) }

    func edits(for change: JSON5Change) throws(JSON5EditFailure) -> [JSON5Edit] {
        switch change {
        case .append(let element, let path): try append(element, to: path)
        case .set(let value, let path): try set(value, at: path)
        case .removeElement(let index, let path): try removeElement(index, from: path)
        case .removeMember(let path): try removeMember(path)
        }
    }

    // MARK: insertion

    private func append(_ element: JSON5Value, to path: [String]) throws(JSON5EditFailure) -> [JSON5Edit] {
        let trail = try walk(path[...])
        guard trail.rest.isEmpty else { return insert(.array([element]), at: trail) }
        guard trail.found.elements != nil else { throw unexpected(trail.found, path, "an array") }
        return insertion(in: trail) { writer, indentation in writer.value(element, indentation: indentation) }
    }

    private func set(_ value: JSON5Value, at path: [String]) throws(JSON5EditFailure) -> [JSON5Edit] {
        let trail = try walk(path[...])
        guard trail.rest.isEmpty else { return insert(value, at: trail) }
        let writer = JSON5Writer(style: JSON5Style(bytes, around: trail.containers(in: bytes)))
        let layout = trail.containers(in: bytes).last?.layout
        let indentation = layout?.indentation(at: trail.found.range.lowerBound) ?? []
        return [
            JSON5Edit(range: trail.found.range, replacement: writer.value(value, indentation: indentation))
        ]
    }

    /// A value below keys that do not exist yet.
    private func insert(_ value: JSON5Value, at trail: Trail) -> [JSON5Edit] {
        let wrapped = trail.rest.dropFirst().reversed().reduce(value) { .object([($1, $0)]) }
        return insertion(in: trail) { writer, indentation in
            writer.member(trail.rest[trail.rest.startIndex], wrapped, indentation: indentation)
        }
    }

    /// One more item at the end of the container that the trail ends at.
    private func insertion(in trail: Trail, _ item: (JSON5Writer, [UInt8]) -> [UInt8]) -> [JSON5Edit] {
        let containers = trail.containers(in: bytes)
        guard let layout = containers.first?.layout else { return [] }
        var style = JSON5Style(bytes, around: containers)
        guard let last = layout.items.indices.last else {
            let writer = JSON5Writer(style: style)
            return [insertionIntoEmpty(layout, style) { item(writer, $0) }]
        }
        if !layout.isOnOwnLine(last), !layout.hasNewline(layout.items[last]) { style.isSpread = false }
        let writer = JSON5Writer(style: style)
        let indentation = layout.indentation(at: layout.items[last].lowerBound)
        let comma = layout.comma(after: last)
        let end = comma.map { $0 + 1 } ?? layout.items[last].upperBound
        let tail: [UInt8] = comma == nil ? [] : [UInt8(ascii: ",")]
        guard layout.isOnOwnLine(last) else {
            let lead: [UInt8] = comma == nil ? [UInt8(ascii: ",")] : []
            let isTight = last > 0 ? layout.followsTightly(last) : style.isCompact
            let blank: [UInt8] = isTight ? [] : [0x20]
            return [.insert(lead + blank + item(writer, indentation) + tail, at: end)]
        }
        // A comment at the end of the last item's line stays with that item.
        let anchor = layout.endOfLineComments(after: end)
        let line = style.lineEnd + indentation + item(writer, indentation) + tail
        if comma != nil { return [.insert(line, at: anchor)] }
        if anchor == end { return [.insert([UInt8(ascii: ",")] + line, at: end)] }
        return [.insert([UInt8(ascii: ",")], at: end), .insert(line, at: anchor)]
    }

    private func insertionIntoEmpty(
        _ layout: JSON5Container, _ style: JSON5Style, _ item: ([UInt8]) -> [UInt8]
    ) -> JSON5Edit {
        let outer = layout.indentation(at: layout.range.lowerBound)
        let inner = outer + style.unit
        let isObject = bytes[layout.range.lowerBound] == UInt8(ascii: "{")
        let close = layout.inside.upperBound
        if layout.inside.isEmpty {
            guard isObject, style.isSpread else {
                return .insert(padded(item(outer), isObject, style), at: close)
            }
            let tail: [UInt8] = style.hasTrailingCommas ? [UInt8(ascii: ",")] : []
            return .insert(style.lineEnd + inner + item(inner) + tail + style.lineEnd + outer, at: close)
        }
        let lineStart = layout.lineStart(close)
        if layout.hasNewline, layout.blankStart(before: close) == lineStart {
            let deep = layout.indentation(at: close) + style.unit
            return .insert(deep + item(deep) + style.lineEnd, at: lineStart)
        }
        let end = layout.blankStart(before: close)
        let lead: [UInt8] = bytes[layout.inside.lowerBound] == 0x20 ? [0x20] : []
        return .insert(lead + item(outer), at: end)
    }

    private func padded(_ item: [UInt8], _ isObject: Bool, _ style: JSON5Style) -> [UInt8] {
        isObject && style.isPadded && !style.isCompact ? [0x20] + item + [0x20] : item
    }

    // MARK: the way to a place

    /// How far the document goes along a path.
    struct Trail {
        /// From the root to the last value that is there.
        let nodes: [JSON5Node]
        /// The keys that are missing.
        let rest: ArraySlice<String>

        var found: JSON5Node { nodes[nodes.count - 1] }

        /// The objects and arrays on the trail, the nearest first.
        func containers(in bytes: [UInt8]) -> [(node: JSON5Node, layout: JSON5Container)] {
            nodes.reversed().compactMap { node in JSON5Container(node, in: bytes).map { (node, $0) } }
        }
    }

    func walk(_ path: ArraySlice<String>) throws(JSON5EditFailure) -> Trail {
        var nodes = [root]
        for (index, key) in zip(path.indices, path) {
            let node = nodes[nodes.count - 1]
            guard case .object = node.value else {
                throw unexpected(node, Array(path[..<index]), "an object")
            }
            guard let next = node[key] else { return Trail(nodes: nodes, rest: path[index...]) }
            nodes.append(next)
        }
        return Trail(nodes: nodes, rest: [])
    }

    func unexpected(_ node: JSON5Node, _ path: [String], _ expected: String) -> JSON5EditFailure {
        let position = JSON5Parser(bytes: bytes).error("", at: node.range.lowerBound)
        return .unexpectedKind(path: path, expected: expected, line: position.line, column: position.column)
    }
}
