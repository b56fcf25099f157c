import Testing

@testable import Wire

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
