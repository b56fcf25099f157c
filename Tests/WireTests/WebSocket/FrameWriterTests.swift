import Testing

@testable import Wire

@Suite("What a frame writer keeps in memory")
struct FrameWriterTests {
    private func queue(_ count: Int, on writer: inout FrameWriter) {
        filler(count).withUnsafeBytes { writer.queueMessage($0, .binary) }
    }

    @Test(
        "The memory of written bytes serves the next ones, unless it is much",
        arguments: [100, 60_000, 1 << 20])
    func reuses(_ count: Int) {
        var writer = FrameWriter(makeMaskingKey: nil)
        queue(count, on: &writer)
        writer.reuse(writer.takeOutgoing())
        #expect(writer.outgoing.isEmpty)
        #expect((writer.outgoing.capacity == 0) == (count == 1 << 20))
    }

    @Test("The next ping gives the memory of large messages back")
    func shrinksAtRest() {
        var writer = FrameWriter(makeMaskingKey: nil)
        for _ in 0..<3 {
            queue(100_000, on: &writer)
            writer.reuse(writer.takeOutgoing())
            #expect(writer.outgoing.capacity >= 100_000)
        }
        for _ in 0..<2 {
            writer.queuePing([])
            writer.reuse(writer.takeOutgoing())
            #expect(writer.outgoing.capacity <= 4 << 10)
        }
    }

    @Test("A hundred thousand pings in one read are answered without copying the queue for each")
    func growsInSteps() {
        var writer = FrameWriter(makeMaskingKey: { exampleKey })
        var capacities: Set<Int> = []
        for _ in 0..<100_000 {
            writer.queuePong([])
            capacities.insert(writer.outgoing.capacity)
        }
        #expect(writer.outgoing.count == 600_000 && capacities.count < 40)
    }

    @Test(
        "Compression keeps memory between messages only where they refer to each other",
        arguments: [true, false])
    func keepsCompression(_ takesContextOver: Bool) {
        var writer = FrameWriter(makeMaskingKey: nil)
        writer.compress(DeflateParameters.Side(takesContextOver: takesContextOver))
        utf8(String(repeating: "again ", count: 100)).withUnsafeBytes { writer.queueMessage($0, .text) }
        #expect(writer.outgoing.count < 100)
        let keeps = writer.deflater != nil
        #expect(keeps == takesContextOver)
    }
}
