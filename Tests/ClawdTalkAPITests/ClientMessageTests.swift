import Foundation
import Testing

@testable import ClawdTalkAPI

@Suite("clawdtalk.md: what the client sends")
struct ClientMessageTests {
    @Test(
        "the members of each message",
        arguments: [
            (
                ClientMessage.authenticate(apiKey: "cc_1", ownerName: "Ana", agentName: nil),
                #"{"type":"auth","api_key":"cc_1","owner_name":"Ana"}"#
            ),
            (
                .contextResponse(callID: "c", memory: "m", systemPrompt: "p"),
                #"{"type":"context_response","call_id":"c","context":{"memory":"m","system_prompt":"p"}}"#
            ),
            (
                .response(callID: "c", text: "Hi \"you\"\n"),
                #"{"type":"response","call_id":"c","text":"Hi \"you\"\n"}"#
            ),
            (
                .deepToolProgress(requestID: "r", text: "é"),
                #"{"type":"deep_tool_progress","request_id":"r","text":"é"}"#
            ),
            (
                .deepToolResult(requestID: "r", text: "a/b"),
                #"{"type":"deep_tool_result","request_id":"r","text":"a/b"}"#
            ),
            (
                .walkieResponse(requestID: "w", reply: "Yes", error: nil),
                #"{"type":"walkie_response","request_id":"w","reply":"Yes"}"#
            ),
            (
                .walkieResponse(requestID: "w", reply: nil, error: "No"),
                #"{"type":"walkie_response","request_id":"w","reply":null,"error":"No"}"#
            ),
        ])
    func members(message: ClientMessage, expected: String) throws {
        let actual = try JSONSerialization.jsonObject(with: Data(message.encoded)) as? NSDictionary
        let wanted = try JSONSerialization.jsonObject(with: Data(expected.utf8)) as? NSDictionary
        #expect(actual == wanted)
    }
}
