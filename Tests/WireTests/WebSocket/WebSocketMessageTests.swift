import Testing

@testable import Wire

@Suite("RFC 6455 §5.6 Data messages")
struct WebSocketMessageTests {
    @Test("Text and binary give their bytes, and are not the same")
    func givesBytes() {
        #expect(WebSocketMessage.text([0x61]).bytes == [0x61])
        #expect(WebSocketMessage.binary([0xFF]).bytes == [0xFF])
        #expect(WebSocketMessage.text([0x61]) != .binary([0x61]))
    }
}
