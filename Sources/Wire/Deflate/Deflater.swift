import CZlib

/// The compressing half of permessage-deflate (RFC 7692 §7.2.1). It takes up to 256 KiB, and little for a short message
/// that stands alone.
struct Deflater: ~Copyable {
    /// At a place of its own: zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Shorter messages hardly become shorter. One that stands alone cannot refer to the messages before it, and pays for
    /// its zlib state.
    static func minimumBytes(_ side: DeflateParameters.Side) -> Int { side.takesContextOver ? 96 : 256 }

    /// For one message after another.
    /// - Parameter windowBits: 9 to 15; zlib cannot keep within 8.
    /// - Returns: nil when there is no memory.
    init?(windowBits: Int) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // The memory level that belongs to the window: what can be found in it has a place in the table.
        let memoryLevel = Int32(min(8, windowBits - 6))
        let status = deflateInit2_(
            stream, Z_BEST_SPEED, Z_DEFLATED, -Int32(windowBits), memoryLevel, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
    }

    /// For one message. No window is larger than it: 4 KiB of state for half a KiB of text take 4 µs, where the largest
    /// window takes 50.
    init?(windowBits: Int, messageBytes: Int) {
        var bits = 9
        while bits < windowBits, 1 << bits < messageBytes { bits += 1 }
        self.init(windowBits: bits)
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The compressed message without its last four bytes, which are always the same (§7.2.1).
    /// - Returns: nil when it would not be shorter; the message is then sent as it is.
    mutating func deflate(_ message: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let base = message.baseAddress else { return nil }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(message.count)
        defer { (stream.pointee.next_in, stream.pointee.next_out) = (nil, nil) }
        // One byte less than the message, and the four that go again.
        let room = message.count + 3
        var output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(room)
            _ = CZlib.deflate(stream, Z_SYNC_FLUSH)
            count = room - Int(stream.pointee.avail_out)
        }
        // A full buffer may hide the end of the flush.
        let isShorter = stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0 && output.count >= 4
        // What the peer never sees must not be referred to.
        guard isShorter else {
            deflateReset(stream)
            return nil
        }
        output.removeLast(4)
        return output
    }
}

/// The version of the zlib that is linked, such as "1.2.13" (permessage-deflate, RFC 7692, will run on it).
package enum ZlibVersion {
    package static var linked: String { String(cString: zlibVersion()) }
}
