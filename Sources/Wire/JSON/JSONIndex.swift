/// Where the values of a JSON text (RFC 8259) stand: one pass over the bytes, and nothing is decoded that nobody asks
/// for.
///
/// It is for the common case only. What it does not take may be JSON all the same: whoever gets nil asks a reader that
/// takes everything. So there is one answer for each text, whichever reads it.
package struct JSONIndex {
    package enum Kind: Equatable, Sendable { case null, bool(Bool), number, string, array, object }

    struct Node {
        var kind: Kind
        /// Of a string without its quotes.
        var start: Int
        var end: Int
        var hasEscape = false
        /// Behind this value and all that it holds, among the nodes. A member's name is the node before its value.
        var next = 0
    }

    let bytes: [UInt8]
    let nodes: [Node]

    /// - Returns: nil when the text is not JSON in UTF-8, nests deeper than 32 levels, has over 64 members in one object,
    ///   a name twice or a name with an escape in it, or half a surrogate pair.
    package init?(_ bytes: [UInt8]) {
        let nodes = bytes.withUnsafeBytes { bytes in
            var scan = JSONScan(bytes)
            return scan.takeDocument() ? scan.nodes : nil
        }
        guard let nodes else { return nil }
        (self.bytes, self.nodes) = (bytes, nodes)
    }

    package var root: JSONNode { JSONNode(index: self, position: 0) }
}
