import CZlib

/// The compressing half of permessage-deflate (RFC 7692 §7.2.1). Memory (up to 256 KiB) is taken with the first message
/// that is worth it and given back with the connection.
final class Deflater {
    private var stream = z_stream()
    private let takesContextOver: Bool

    /// Shorter messages do not become shorter.
    static let minimumBytes = 96

    /// - Parameter windowBits: 9 to 15; zlib cannot keep within 8.
    /// - Returns: nil when there is no memory.
    init?(windowBits: Int, takesContextOver: Bool) {
        self.takesContextOver = takesContextOver
        let memoryLevel = Int32(8)
        let status = deflateInit2_(
            &stream, Z_BEST_SPEED, Z_DEFLATED, -Int32(windowBits), memoryLevel, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { return nil }
    }

    deinit { deflateEnd(&stream) }

    /// The compressed message without its last four bytes, which are always the same (§7.2.1).
    /// - Returns: nil when it would not be shorter; the message is then sent as it is.
    func deflate(_ message: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let base = message.baseAddress else { return nil }
        stream.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(message.count)
        // One byte less than the message, and the four that go again.
        let room = message.count + 3
        let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(room)
            _ = CZlib.deflate(&stream, Z_SYNC_FLUSH)
            count = room - Int(stream.avail_out)
        }
        // A full buffer may hide the end of the flush.
        let isShorter = stream.avail_in == 0 && stream.avail_out > 0 && output.count >= 4
        // What the peer never sees must not be referred to.
        if !takesContextOver || !isShorter { deflateReset(&stream) }
        return isShorter ? output.dropLast(4) : nil
    }
}
