import CZlib

/// The decompressing half of permessage-deflate (RFC 7692 §7.2.2). Memory (about 44 KiB) is taken with the first
/// compressed message and given back with the connection.
final class Inflater {
    private var stream = z_stream()
    private let takesContextOver: Bool
    private let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: outputBytes)

    private static let outputBytes = 16 << 10
    /// What the sender left out at the end of each message.
    private static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

    /// A window of 15 bits understands every smaller one.
    /// - Returns: nil when there is no memory.
    init?(takesContextOver: Bool) {
        self.takesContextOver = takesContextOver
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            output.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(&stream)
        output.deallocate()
    }

    /// Appends what a piece of a compressed message comes to.
    /// - Parameter limitBytes: of the whole message; inflating stops there.
    /// - Returns: what is wrong with the piece; the message has what came out before.
    func fault(of piece: UnsafeRawBufferPointer, into message: inout [UInt8], limitBytes: Int)
        -> WebSocketFault?
    {
        guard let base = piece.baseAddress, !piece.isEmpty else { return nil }
        stream.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(piece.count)
        repeat {
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(Self.outputBytes)
            let status = CZlib.inflate(&stream, Z_SYNC_FLUSH)
            let count = Self.outputBytes - Int(stream.avail_out)
            let room = limitBytes - message.count
            message.append(contentsOf: output[..<min(count, room)])
            guard count <= room else { return .tooLarge(what: "a message", limitBytes: limitBytes) }
            switch status {
            case Z_OK: break
            // The last block of a stream; §7.2.3.4: the next begins a stream with the same window.
            case Z_STREAM_END: inflateResetKeep(&stream)
            // Neither input nor room is left: all is done.
            case Z_BUF_ERROR: return nil
            default: return .badCompression
            }
        } while stream.avail_in > 0 || stream.avail_out == 0
        return nil
    }

    /// The message is complete: its last bytes come out.
    func endMessage(into message: inout [UInt8], limitBytes: Int) -> WebSocketFault? {
        if let fault = Self.tail.withUnsafeBytes({ fault(of: $0, into: &message, limitBytes: limitBytes) }) {
            return fault
        }
        if !takesContextOver { inflateReset(&stream) }
        return nil
    }
}
