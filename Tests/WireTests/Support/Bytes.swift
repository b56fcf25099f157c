/// The bytes of a text, for literals of what stands on the wire.
func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

/// `count` bytes that repeat nowhere near each other.
func filler(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 >> 8) } }

/// Every way to cut `bytes` into two pieces, and the cut into single bytes.
func cuts(of bytes: [UInt8]) -> [[[UInt8]]] {
    (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] } + [bytes.map { [$0] }]
}
