import CZlib

/// The decompressing half of permessage-deflate (RFC 7692 §7.2.2). It takes about 44 KiB, and 16 KiB more during a call.
struct Inflater: ~Copyable {
    /// At a place of its own: zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>

    private static let outputBytes = 16 << 10
    /// What the sender left out at the end of each message.
    private static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

    /// A window of 15 bits understands every smaller one.
    /// - Returns: nil when there is no memory.
    init?() {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Appends what a piece of a compressed message comes to.
    /// - Parameter limitBytes: of the whole message; inflating stops there.
    /// - Returns: what is wrong with the piece; the message has what came out before.
    mutating func fault(of piece: UnsafeRawBufferPointer, into message: inout [UInt8], limitBytes: Int)
        -> WebSocketFault?
    {
        guard let base = piece.baseAddress, !piece.isEmpty else { return nil }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(piece.count)
        defer { (stream.pointee.next_in, stream.pointee.next_out) = (nil, nil) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.outputBytes) { output in
            repeat {
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(Self.outputBytes)
                let status = CZlib.inflate(stream, Z_SYNC_FLUSH)
                let count = Self.outputBytes - Int(stream.pointee.avail_out)
                let room = limitBytes - message.count
                message.append(contentsOf: output[..<min(count, room)])
                guard count <= room else { return .tooLarge(what: "a message", limitBytes: limitBytes) }
                switch status {
                case Z_OK: break
                // The last block of a stream; §7.2.3.4: the next begins a stream with the same window.
                case Z_STREAM_END: inflateResetKeep(stream)
                // Neither input nor room is left: all is done.
                case Z_BUF_ERROR: return nil
                default: return .badCompression
                }
            } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
            return nil
        }
    }

    /// The message is complete: its last bytes come out.
    mutating func endMessage(into message: inout [UInt8], limitBytes: Int) -> WebSocketFault? {
        Self.tail.withUnsafeBytes { fault(of: $0, into: &message, limitBytes: limitBytes) }
    }
}
