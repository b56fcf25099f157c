import Testing

@testable import Wire

@Suite("RFC 6455 §10.4 What a frame reader keeps in memory")
struct FrameReaderTests {
    /// Feeds pieces to the reader of a client.
    /// - Returns: what is kept of a message afterwards, and how many messages came.
    private func memory(after pieces: [[UInt8]]) throws(WebSocketFault) -> (keptBytes: Int, messages: Int) {
        var reader = FrameReader(expectsMasks: false, limits: WebSocketLimits())
        var messages = 0
        for piece in pieces {
            let span = UnsafeMutableRawBufferPointer.allocate(byteCount: piece.count, alignment: 1)
            defer { span.deallocate() }
            span.copyBytes(from: piece)
            var input = UnsafeRawBufferPointer(span)
            while !input.isEmpty {
                if case .message = try reader.next(&input) { messages += 1 }
            }
        }
        return (reader.message?.bytes.capacity ?? 0, messages)
    }

    @Test("A frame that only announces much takes memory for what has arrived")
    func allocatesWhatArrived() throws {
        let memory = try memory(after: [[0x82, 0x7F, 0, 0, 0, 0, 0x00, 0xFF, 0xFF, 0xFF] + filler(10)])
        #expect(memory.keptBytes < 1024 && memory.messages == 0)
    }

    @Test("A large message leaves nothing behind", arguments: [[0x82], [0x02, 0x80]] as [[UInt8]])
    func leavesNothing(_ firstBytes: [UInt8]) throws {
        // Cut, so that it is gathered.
        let pieces: [[UInt8]] = firstBytes.flatMap { (first: UInt8) -> [[UInt8]] in
            [[first, 0x7F, 0, 0, 0, 0, 0, 0x10, 0, 0] + filler(1_000), filler((1 << 20) - 1_000)]
        }
        let memory = try memory(after: pieces)
        #expect(memory.keptBytes == 0 && memory.messages == 1)
    }

    @Test(
        "A large message is never given much more room than it has",
        arguments: [1 << 10, 20 << 10, 256 << 10])
    func growsWithin(_ pieceBytes: Int) throws {
        let header: [UInt8] = [0x82, 0x7F, 0, 0, 0, 0, 0x00, 0x40, 0x00, 0x00]
        let pieces = Array(repeating: filler(pieceBytes), count: (4 << 20) / pieceBytes - 1)
        #expect(try memory(after: [header] + pieces).keptBytes <= (4 << 20) + 4096)
    }

    @Test(
        "Decompression keeps memory between messages only where they refer to each other",
        arguments: [true, false])
    func keepsDecompression(_ takesContextOver: Bool) throws {
        var reader = FrameReader(expectsMasks: false, limits: WebSocketLimits())
        reader.expectCompression(DeflateParameters.Side(takesContextOver: takesContextOver))
        // RFC 7692 §7.2.3.1
        let frame: [UInt8] = [0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        for _ in 0..<2 {
            let payload = try arrival(of: frame, in: &reader)
            #expect(payload == utf8("Hello"))
            let keeps = reader.inflater != nil
            #expect(keeps == takesContextOver)
        }
    }

    private func arrival(of bytes: [UInt8], in reader: inout FrameReader) throws -> [UInt8]? {
        let span = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { span.deallocate() }
        span.copyBytes(from: bytes)
        var input = UnsafeRawBufferPointer(span)
        guard case .message(_, let payload) = try reader.next(&input) else { return nil }
        return payload.array
    }

    @Test("A message in thousands of tiny fragments is not copied with each of them", arguments: [1, 2])
    func growsInSteps(_ pieceCount: Int) throws {
        var reader = FrameReader(expectsMasks: false, limits: WebSocketLimits())
        var capacities: Set<Int> = []
        #expect(try arrival(of: [0x02, 0x00], in: &reader) == nil)
        for _ in 0..<20_000 {
            let frame: [UInt8] = [0x00, 0x02, 0x61, 0x62]
            for piece in pieceCount == 1 ? [frame] : [Array(frame[..<3]), Array(frame[3...])] {
                #expect(try arrival(of: piece, in: &reader) == nil)
            }
            capacities.insert(reader.message?.bytes.capacity ?? 0)
        }
        #expect(reader.message?.bytes.count == 40_000 && capacities.count < 40)
    }
}
