/// ``HiddenBlocks`` for a text that comes in pieces: what may be the beginning of a tag is held back until it is one
/// or is not.
package struct HiddenBlockFilter {
    /// From the `<` of a tag that is not whole, or what may end the open block.
    private var held: [UInt8] = []
    private var openBlock: String?

    package init() {}

    /// - Parameter hidesEarlier: an end without a beginning: everything before it was not for the caller.
    package mutating func take(_ text: String) -> (visible: String, hidesEarlier: Bool) {
        let bytes = held + text.utf8
        held = []
        var visible: [UInt8] = []
        var hidesEarlier = false
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else {
                if openBlock == nil { visible.append(bytes[position]) }
                position += 1
                continue
            }
            if HiddenBlocks.mayBecomeTag(bytes, at: position) {
                held = Array(bytes[position...])
                break
            }
            guard let tag = HiddenBlocks.tag(in: bytes, at: position),
                openBlock == nil || tag.isClosing && tag.name == openBlock
            else {
                if openBlock == nil { visible.append(bytes[position]) }
                position += 1
                continue
            }
            if tag.isClosing, openBlock == nil {
                (visible, hidesEarlier) = ([], true)
            }
            openBlock = tag.isClosing ? nil : tag.name
            position = tag.end
        }
        return (String(decoding: visible, as: UTF8.self), hidesEarlier)
    }

    /// The text is over: what was held back and is no tag.
    package mutating func end() -> String {
        defer { held = [] }
        return openBlock == nil ? String(decoding: held, as: UTF8.self) : ""
    }
}
