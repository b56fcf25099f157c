/// A key and its value.
package struct JSON5Member: Equatable, Sendable {
    package let key: String
    package let keyRange: Range<Int>
    package let node: JSON5Node
}
