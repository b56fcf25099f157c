@testable import JSON5

/// A change that takes something away, with the spans that may go.
struct JSON5Removal {
    let change: JSON5Change
    let spans: [Range<Int>]

    func expected(_ value: Sketch) -> Sketch {
        switch change {
        case .removeElement(let index, let path): value.removing(index, at: path[...])
        case .removeMember(let path): value.removing(path[...])
        case .append, .set: value
        }
    }

    /// Everything that can be taken away from a value and from the values in it that count.
    static func all(in node: JSON5Node, at path: [String] = []) -> [JSON5Removal] {
        switch node.value {
        case .array(let elements):
            elements.enumerated().map { Self(change: .removeElement($0, from: path), spans: [$1.range]) }
        case .object(let members): members.flatMap { all(of: $0, among: members, at: path + [$0.key]) }
        default: []
        }
    }

    private static func all(
        of member: JSON5Member, among members: [JSON5Member], at path: [String]
    ) -> [JSON5Removal] {
        let same = members.filter { $0.key.utf8.elementsEqual(member.key.utf8) }
        // Each key once, where it counts.
        guard let last = same.last, last.keyRange == member.keyRange else { return [] }
        let spans = same.map { $0.keyRange.lowerBound..<$0.node.range.upperBound }
        return [Self(change: .removeMember(path), spans: spans)] + all(in: last.node, at: path)
    }
}
