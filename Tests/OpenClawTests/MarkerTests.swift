import Testing

@testable import OpenClaw

@Suite("The marker of a turn")
struct MarkerTests {
    @Test("eight hexadecimal digits, at the end of the message")
    func form() {
        #expect(Marker(0xAB).text == "[ct:000000ab]")
        #expect(Marker(0xFFFF_FFFF).mark("Hi") == "Hi [ct:ffffffff]")
    }

    @Test("in front of a message that the history would cut")
    func longMessage() {
        let message = String(repeating: "a", count: 4_000)
        #expect(Marker(1).mark(message).hasPrefix("[ct:00000001] aaa"))
    }

    @Test("never in a spoken text")
    func strip() {
        #expect(Marker.strip("Hi [ct:0123abcd], you") == "Hi, you")
        #expect(Marker.strip("Hi [ct:xyz]") == "Hi [ct:xyz]")
    }
}
