import Testing

@testable import Wire

@Suite("RFC 6455 §5.2 Base framing")
struct FrameHeaderTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let header: FrameHeader
        let payload: [UInt8]
        let wire: [UInt8]
        var testDescription: String { name }
    }

    /// §5.7, all of them.
    static let examples = [
        Example(
            name: "a single-frame unmasked text message",
            header: FrameHeader(opcode: .text, payloadBytes: 5), payload: utf8("Hello"),
            wire: [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]),
        Example(
            name: "a single-frame masked text message",
            header: FrameHeader(opcode: .text, maskingKey: exampleKey, payloadBytes: 5),
            payload: utf8("Hello"),
            wire: [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]),
        Example(
            name: "the first fragment of a text message",
            header: FrameHeader(isFinal: false, opcode: .text, payloadBytes: 3), payload: utf8("Hel"),
            wire: [0x01, 0x03, 0x48, 0x65, 0x6C]),
        Example(
            name: "the last fragment of a text message",
            header: FrameHeader(opcode: .continuation, payloadBytes: 2), payload: utf8("lo"),
            wire: [0x80, 0x02, 0x6C, 0x6F]),
        Example(
            name: "an unmasked ping", header: FrameHeader(opcode: .ping, payloadBytes: 5),
            payload: utf8("Hello"),
            wire: [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]),
        Example(
            name: "a masked pong",
            header: FrameHeader(opcode: .pong, maskingKey: exampleKey, payloadBytes: 5),
            payload: utf8("Hello"),
            wire: [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]),
        Example(
            name: "256 bytes of binary data", header: FrameHeader(opcode: .binary, payloadBytes: 256),
            payload: filler(256), wire: [0x82, 0x7E, 0x01, 0x00] + filler(256)),
        Example(
            name: "64 KiB of binary data", header: FrameHeader(opcode: .binary, payloadBytes: 65_536),
            payload: filler(65_536),
            wire: [0x82, 0x7F, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00] + filler(65_536)),
    ]

    @Test("§5.7: an example is written byte for byte", arguments: examples)
    func writesTheExamples(_ example: Example) {
        var output: [UInt8] = []
        example.payload.withUnsafeBytes { example.header.append(payload: $0, to: &output) }
        #expect(output == example.wire)
    }

    @Test("§5.7: an example is read", arguments: examples)
    func readsTheExamples(_ example: Example) throws {
        let length = FrameHeader.byteCount(example.wire[0], example.wire[1])
        #expect(try FrameHeader(parsing: example.wire[..<length]) == example.header)
        #expect(example.wire.count == length + example.payload.count)
    }

    static let lengths: [(Int, [UInt8])] = [
        (0, [0x00]), (1, [0x01]), (124, [0x7C]), (125, [0x7D]),
        (126, [0x7E, 0x00, 0x7E]), (127, [0x7E, 0x00, 0x7F]), (65_535, [0x7E, 0xFF, 0xFF]),
        (65_536, [0x7F, 0, 0, 0, 0, 0, 1, 0, 0]),
    ]

    @Test("A length takes the shortest of its three forms", arguments: lengths)
    func encodesLengths(_ count: Int, _ wire: [UInt8]) throws {
        var output: [UInt8] = []
        let payload = filler(count)
        payload.withUnsafeBytes {
            FrameHeader(opcode: .binary, payloadBytes: count).append(payload: $0, to: &output)
        }
        #expect(output == [0x82] + wire + payload)
        #expect(try FrameHeader(parsing: ([0x82] + wire)[...]).payloadBytes == count)
    }

    @Test("A length of 63 bits is read whole")
    func readsTheLargestLength() throws {
        let wire: [UInt8] = [0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        #expect(try FrameHeader(parsing: wire[...]).payloadBytes == Int.max)
    }

    @Test(
        "A length that is not in its shortest form is refused",
        arguments: [
            [0x82, 0x7E, 0x00, 0x00], [0x82, 0x7E, 0x00, 0x7D], [0x82, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0],
            [0x82, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0x7D], [0x82, 0x7F, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
        ] as [[UInt8]])
    func refusesLongForms(_ wire: [UInt8]) {
        #expect(throws: WebSocketFault.protocolViolation("length not in its shortest form")) {
            try FrameHeader(parsing: wire[...])
        }
    }

    @Test("A 64-bit length with the top bit set is refused", arguments: [0x80, 0xFF] as [UInt8])
    func refusesTheTopBit(_ top: UInt8) {
        let wire: [UInt8] = [0x82, 0x7F, top, 0, 0, 0, 0, 1, 0, 0]
        #expect(throws: WebSocketFault.protocolViolation("length with the top bit set")) {
            try FrameHeader(parsing: wire[...])
        }
    }

    @Test("A reserved opcode is refused", arguments: [3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF] as [UInt8])
    func refusesReservedOpcodes(_ opcode: UInt8) {
        #expect(throws: WebSocketFault.protocolViolation("reserved opcode \(opcode)")) {
            try FrameHeader(parsing: [0x80 | opcode, 0x00])
        }
    }

    @Test(
        "The reserved bits are kept for an extension to judge", arguments: [1, 2, 3, 4, 5, 6, 7] as [UInt8])
    func keepsReservedBits(_ reserved: UInt8) throws {
        let header = FrameHeader(reserved: reserved, opcode: .text, payloadBytes: 0)
        #expect(try FrameHeader(parsing: [0x81 | reserved << 4, 0x00]) == header)
        var output: [UInt8] = []
        header.append(payload: UnsafeRawBufferPointer(start: nil, count: 0), to: &output)
        #expect(output == [0x81 | reserved << 4, 0x00])
    }

    @Test("§5.5: a control frame over 125 bytes is refused", arguments: [0x88, 0x89, 0x8A] as [UInt8])
    func refusesLongControlFrames(_ first: UInt8) {
        #expect(throws: WebSocketFault.protocolViolation("control frame over 125 bytes")) {
            try FrameHeader(parsing: [first, 0x7E, 0x00, 0x7E])
        }
    }

    @Test("§5.5: a fragmented control frame is refused", arguments: [0x08, 0x09, 0x0A] as [UInt8])
    func refusesFragmentedControlFrames(_ first: UInt8) {
        #expect(throws: WebSocketFault.protocolViolation("fragmented control frame")) {
            try FrameHeader(parsing: [first, 0x00])
        }
    }

    static let sizes: [(UInt8, Int)] = [
        (0x00, 2), (0x7D, 2), (0x7E, 4), (0x7F, 10), (0x80, 6), (0xFD, 6), (0xFE, 8), (0xFF, 14),
    ]

    @Test("The second byte tells the header's size", arguments: sizes)
    func knowsItsSize(_ second: UInt8, _ count: Int) {
        #expect(FrameHeader.byteCount(0x81, second) == count)
    }

    @Test("A header is read from the middle of a buffer")
    func readsSlices() throws {
        let wire: [UInt8] = [0xFF, 0xFF, 0x82, 0xFE, 0x01, 0x00, 0x37, 0xFA, 0x21, 0x3D, 0xFF]
        let header = FrameHeader(opcode: .binary, maskingKey: exampleKey, payloadBytes: 256)
        #expect(try FrameHeader(parsing: wire[2..<10]) == header)
    }
}

@Suite("RFC 6455 §5.2 Opcodes")
struct OpcodeTests {
    @Test("Six of sixteen opcodes are defined")
    func definesSix() {
        let defined = (UInt8(0)...15).filter { Opcode(rawValue: $0) != nil }
        #expect(defined == [0x0, 0x1, 0x2, 0x8, 0x9, 0xA])
    }

    @Test("§5.5: those with the highest bit are control frames")
    func knowsControlFrames() {
        let data: [Opcode] = [.continuation, .text, .binary]
        let control: [Opcode] = [.close, .ping, .pong]
        #expect(!data.contains(where: \.isControl) && control.allSatisfy(\.isControl))
    }
}

@Suite("RFC 6455 §5.3 Client-to-server masking")
struct MaskingTests {
    @Test("The key's bytes stand in wire order")
    func keepsWireOrder() {
        #expect(exampleKey.bytes == [0x37, 0xFA, 0x21, 0x3D])
        #expect(MaskingKey(word: 0x3D21_FA37) == exampleKey)
    }

    @Test("Eight bytes at a time give what one byte at a time gives", arguments: 0...70)
    func equalsTheNaiveLoop(_ count: Int) {
        for offset in 0...9 {
            var masked = filler(count)
            masked.withUnsafeMutableBytes { exampleKey.apply(to: $0, offset: offset) }
            let naive = filler(count).enumerated().map {
                $0.element ^ exampleKey.bytes[($0.offset + offset) % 4]
            }
            #expect(masked == naive, "offset \(offset)")
        }
    }

    @Test("A buffer that starts at an odd address is masked alike", arguments: 0...9)
    func masksUnalignedBuffers(_ skipped: Int) {
        var bytes = [UInt8](repeating: 0, count: 40)
        bytes.withUnsafeMutableBytes {
            exampleKey.apply(to: UnsafeMutableRawBufferPointer(rebasing: $0[skipped...]), offset: 0)
        }
        let expected = (0..<40).map { $0 < skipped ? 0 : exampleKey.bytes[($0 - skipped) % 4] }
        #expect(bytes == expected)
    }

    @Test("Masking twice gives the bytes back")
    func isItsOwnInverse() {
        var bytes = filler(1000)
        bytes.withUnsafeMutableBytes { exampleKey.apply(to: $0, offset: 3) }
        #expect(bytes != filler(1000))
        bytes.withUnsafeMutableBytes { exampleKey.apply(to: $0, offset: 3) }
        #expect(bytes == filler(1000))
    }

    @Test("A key of zeroes changes nothing")
    func zeroIsNeutral() {
        var bytes = filler(33)
        bytes.withUnsafeMutableBytes { MaskingKey(0, 0, 0, 0).apply(to: $0, offset: 1) }
        #expect(bytes == filler(33))
    }
}
