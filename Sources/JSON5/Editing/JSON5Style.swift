/// How the surroundings of a change are written: what is inserted looks like them.
struct JSON5Style {
    var lineEnd: [UInt8]
    /// One step of indentation.
    var unit: [UInt8]
    var quote: UInt8
    /// Whether keys that are identifiers stand without quotes.
    var hasBareKeys: Bool
    /// Whether new containers get a comma after their last item.
    var hasTrailingCommas: Bool
    /// Whether new objects are spread over lines.
    var isSpread: Bool
    /// Without any blank, as programs write it.
    var isCompact: Bool
    /// Whether braces on one line have a blank inside.
    var isPadded: Bool

    /// - Parameter containers: those around the place of the change, the nearest first.
    init(_ bytes: [UInt8], around containers: [(node: JSON5Node, layout: JSON5Container)]) {
        let layouts = containers.map(\.layout).filter { !$0.items.isEmpty }
        lineEnd = Self.firstLineEnd(bytes)
        let units = layouts.lazy.compactMap(Self.unit)
        unit = units.first ?? [0x20, 0x20]
        isSpread = layouts.first?.hasNewline ?? true
        hasTrailingCommas = layouts.first { $0.hasNewline }?.hasTrailingComma ?? false
        isCompact =
            !isSpread && layouts.allSatisfy { $0.items.indices.allSatisfy($0.followsTightly) }
            && containers.allSatisfy { Self.hasTightValues($0.node, bytes) }
        isPadded =
            layouts.first { bytes[$0.range.lowerBound] == UInt8(ascii: "{") }.map {
                bytes[$0.inside.lowerBound] == 0x20
            } ?? true
        let keys = containers.lazy.compactMap { Self.lastKey($0.node) }
        hasBareKeys = keys.first.map { !Self.isQuote(bytes[$0]) } ?? false
        let near = containers.lazy.flatMap { Self.textStarts($0.node) }.map { bytes[$0] }.first(
            where: Self.isQuote)
        quote = near ?? containers.last.flatMap { Self.anyQuote($0.node, bytes) } ?? UInt8(ascii: "\"")
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    private static func firstLineEnd(_ bytes: [UInt8]) -> [UInt8] {
        guard let index = bytes.firstIndex(where: JSON5Container.isLineEnd) else { return [0x0A] }
        if bytes[index] == 0x0A { return [0x0A] }
        return bytes[(index + 1)...].first == 0x0A ? [0x0D, 0x0A] : [0x0D]
    }

    /// What the items' line is indented more than the container's line.
    private static func unit(_ layout: JSON5Container) -> [UInt8]? {
        guard let index = layout.items.indices.last(where: layout.isOnOwnLine) else { return nil }
        let outer = layout.indentation(at: layout.range.lowerBound)
        let inner = layout.indentation(at: layout.items[index].lowerBound)
        guard inner.count > outer.count, inner.starts(with: outer) else { return nil }
        return Array(inner[outer.count...])
    }

    private static func hasTightValues(_ node: JSON5Node, _ bytes: [UInt8]) -> Bool {
        guard case .object(let members) = node.value else { return true }
        return members.allSatisfy { bytes[$0.node.range.lowerBound - 1] == UInt8(ascii: ":") }
    }

    private static func lastKey(_ node: JSON5Node) -> Int? {
        guard case .object(let members) = node.value else { return nil }
        return members.last?.keyRange.lowerBound
    }

    /// The first one in a value, however deep.
    private static func anyQuote(_ node: JSON5Node, _ bytes: [UInt8]) -> UInt8? {
        if let quote = textStarts(node).lazy.map({ bytes[$0] }).first(where: isQuote) { return quote }
        switch node.value {
        case .array(let elements): return elements.lazy.compactMap { anyQuote($0, bytes) }.first
        case .object(let members): return members.lazy.compactMap { anyQuote($0.node, bytes) }.first
        default: return nil
        }
    }

    /// Where the texts of a container begin: elements, values and keys.
    private static func textStarts(_ node: JSON5Node) -> [Int] {
        switch node.value {
        case .array(let elements): elements.filter { $0.string != nil }.map(\.range.lowerBound)
        case .object(let members):
            members.filter { $0.node.string != nil }.map(\.node.range.lowerBound)
                + members.map(\.keyRange.lowerBound)
        default: []
        }
    }
}
