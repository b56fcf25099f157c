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
