import Testing

@testable import Wire

@Suite("What a frame writer keeps in memory")
struct FrameWriterTests {
    private func queue(_ count: Int, on writer: inout FrameWriter) {
        filler(count).withUnsafeBytes { writer.queueMessage($0, .binary) }
    }

    @Test("The memory of written bytes serves the next ones, unless it is much", arguments: [1_000, 1 << 20])
    func reuses(_ count: Int) {
        var writer = FrameWriter(makeMaskingKey: nil)
        queue(count, on: &writer)
        writer.reuse(writer.takeOutgoing())
        let isMuch = count > 256 << 10
        #expect(writer.outgoing.isEmpty)
        #expect((writer.outgoing.capacity == 0) == isMuch)
    }
}
