import Testing

@testable import OpenClaw

@Suite("gateway.md B8: tokens that must not be spoken")
struct ControlTokensTests {
    @Test(
        "silent texts",
        arguments: [
            "HEARTBEAT_OK", "no_reply", "NO_REPLY.", "**NO_REPLY**", "`NO_REPLY`", "  ANNOUNCE_SKIP\n",
            "REPLY_SKIP", "\"NO_REPLY\"",
            "(no output)", #"{"action":"NO_REPLY"}"#, "", "  \n ", "Agent-to-agent announce step.",
            "<think>hm</think>",
            "<think>never closed", "[Tool Call: read]", "MEDIA: /tmp/a.png", "[ct:0123abcd]",
            "[[reply_to_current]]",
        ])
    func silent(text: String) {
        #expect(ControlTokens.strip(text) == nil)
    }

    @Test(
        "the real text around a token stays",
        arguments: [
            ("All quiet. HEARTBEAT_OK", "All quiet."),
            ("HEARTBEAT_OK All quiet.", "All quiet."),
            ("Sent it.\n\nNO_REPLY", "Sent it."),
            ("[[reply_to_current]] Hello", "Hello"),
            ("[[reply_to: 42]]Hello[[tts:fast]]", "Hello"),
            ("<think>secret</think>The answer.", "The answer."),
            ("<final>The answer.</final>", "The answer."),
            (
                "Before\n<function_calls><invoke name=\"x\">y</invoke></function_calls>\nAfter",
                "Before\n\nAfter"
            ),
            ("[Inter-session message] sourceSession=x\nHello", "Hello"),
            ("Hello\nMEDIA: /tmp/x.png", "Hello"),
            ("<|start|>Hello<|end|>", "Hello"),
            ("{ \"voice\": \"calm\" }\nHello", "Hello"),
            ("Four. [ct:0123abcd]", "Four."),
            ("  Hello  ", "Hello"),
        ])
    func kept(text: String, expected: String) {
        #expect(ControlTokens.strip(text) == expected)
    }

    @Test("what hides a text is gone, however large it is")
    func largeBlocks() {
        let thinking = "<think>" + String(repeating: "hm ", count: 50_000) + "</think>"
        #expect(ControlTokens.strip(thinking + "The answer.") == "The answer.")
        #expect(ControlTokens.strip("I was thinking aloud.</think>The answer.") == "The answer.")
        #expect(ControlTokens.strip("<THINKING depth=\"2\">x</thinking>The answer.") == "The answer.")
    }

    @Test(
        "no text can hold the loop", .timeLimit(.minutes(1)),
        arguments: [
            "[[tts ", "<think ", "<invoke ", "[[reply_to:", "<|", "[ct:", "**", "__", "[x](", "`",
            "{ \"voice\": ",
        ])
    func hostile(piece: String) {
        let text = String(repeating: piece, count: (64 << 10) / piece.utf8.count)
        #expect(ControlTokens.strip(text).map { $0.utf8.count <= text.utf8.count } ?? true)
    }

    @Test(
        "ordinary words stay as they are",
        arguments: [
            "There was no reply yet.", "use snake_case_names", "a < b and c > d", "Say HEARTBEAT_OKAY",
            "1 [one] 2", "Привет, мир", "{\"a\":1}",
        ])
    func untouched(text: String) {
        #expect(ControlTokens.strip(text) == text)
    }
}
