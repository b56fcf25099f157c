import Agent
import Testing
import Wire

@testable import OpenClaw

@Suite("The data of a streamed completion's events")
struct ChatChunkTests {
    static let chunks: [(String, ChatChunk)] = [
        (
            #"{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}"#,
            .delta("Hi", isLast: false)
        ),
        (#"{"choices":[{"delta":{"role":"assistant"},"finish_reason":null}]}"#, .delta("", isLast: false)),
        (#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#, .delta("", isLast: true)),
        (#"{"choices":[{"delta":{"content":null},"finish_reason":"length"}]}"#, .delta("", isLast: true)),
        (#"{"choices":[{"delta":{"content":7}}]}"#, .delta("", isLast: false)),
        (#"{"choices":[{"delta":"Hi"}]}"#, .delta("", isLast: false)),
        (#"{"choices":[],"usage":{"total_tokens":3}}"#, .delta("", isLast: false)),
        (#"{"choices":"none"}"#, .delta("", isLast: false)), (#"{"type":"ping"}"#, .delta("", isLast: false)),
        (#"{"error":{"message":"secret","type":"api_error"}}"#, .failed), (#"{"error":"bad"}"#, .failed),
        ("[DONE]", .done), (" [DONE] ", .done),
    ]

    @Test("read", arguments: chunks)
    func reads(data: String, expected: ChatChunk) throws { #expect(try ChatChunk(data) == expected) }

    @Test("no JSON object", arguments: ["", "Hi", "[1]", "{", "[DONE", #""text""#])
    func unreadable(data: String) {
        #expect(throws: GatewayError.unreadable) { try ChatChunk(data) }
    }

    @Test("the question carries agent, session, marker and token; the probe has no body")
    func request() throws {
        let request = ChatRequest(agentID: "voice", message: "What? [ct:00000001]")
            .request(to: "http://g", token: "t", sessionKey: "agent:voice:main")
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(request.url == "http://g/v1/chat/completions" && request.method == "POST")
        #expect(request.fields["x-openclaw-session-key"] == "agent:voice:main")
        #expect(request.fields["Authorization"] == "Bearer t")
        #expect(body.contains(#""stream":true"#) && body.contains("[ct:00000001]") && body.contains("voice"))
        let probe = GatewayProbe.chatEndpoint(of: "http://g")
        #expect(probe.method == "GET" && probe.body.isEmpty && probe.fields["Authorization"] == nil)
    }

    @Test(
        "the gateway's own words in place of an answer",
        arguments: [
            ("No response from OpenClaw.", RunFailureText.Meaning.silent), ("Error: internal error", .failed),
            ("⚠️ Agent couldn't generate a response. Please try again.", .failed),
            ("⚠️ Gateway is restarting. Please wait a few seconds and try again.", .failed),
            ("⚠️ Your flight is late.", nil), ("No response from Ana.", nil), ("", nil),
        ])
    func ownWords(text: String, expected: RunFailureText.Meaning?) {
        #expect(RunFailureText.meaning(of: text) == expected)
    }
}
