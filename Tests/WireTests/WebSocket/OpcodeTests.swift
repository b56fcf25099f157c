import Testing

@testable import Wire

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
