import Testing

@testable import ClawdTalkAPI

@Suite("clawdtalk.md: what the service sends")
struct ServerEventTests {
    private func parse(_ json: String) -> Result<ServerEvent, ServerEvent.Fault> {
        Result { () throws(ServerEvent.Fault) in try ServerEvent(parsing: Array(json.utf8)) }
    }

    @Test(
        "events",
        arguments: [
            (#"{"type":"auth_ok","user_id":"u","has_devices":true}"#, ServerEvent.authenticated),
            (#"{"type":"auth_error","message":"no"}"#, .authenticationFailed(message: "no")),
            (#"{"type":"auth_error"}"#, .authenticationFailed(message: "")),
            (#"{"type":"event","event":"context_request","call_id":"c"}"#, .contextRequest(callID: "c")),
            (
                #"{"type":"event","event":"call.started","call_id":7,"direction":"inbound"}"#,
                .callStarted(callID: "7")
            ),
            (
                #"{"type":"event","event":"call.ended","call_id":"c","duration_seconds":"x"}"#,
                .callEnded(callID: "c")
            ),
            (
                #"{"type":"event","event":"deep_tool_request","call_id":"c","request_id":"r","query":"q","context":{"a":[1]}}"#,
                .deepToolRequest(.init(requestID: "r", callID: "c", query: "q"))
            ),
            (
                #"{"type":"event","event":"deep_tool_request","request_id":12,"query":null}"#,
                .deepToolRequest(.init(requestID: "12", callID: nil, query: ""))
            ),
            (#"{"type":"event","event":"sms.received","body":"x"}"#, .other(name: "sms.received")),
            (#"{"type":"pong"}"#, .other(name: "pong")),
            (#"{"type":["auth_ok"]}"#, .other(name: "without a type")),
            ("{}", .other(name: "without a type")),
        ])
    func event(json: String, expected: ServerEvent) {
        #expect(parse(json) == .success(expected))
    }

    @Test(
        "what is no event",
        arguments: [
            ("", ServerEvent.Fault.notJSON), ("{", .notJSON), ("\u{FEFF}x", .notJSON), ("[]", .notAnObject),
            ("7", .notAnObject),
            (#"{"type":"event","event":"call.started"}"#, .missing(field: "call_id", event: "call.started")),
            (
                #"{"type":"event","event":"call.ended","call_id":""}"#,
                .missing(field: "call_id", event: "call.ended")
            ),
            (
                #"{"type":"event","event":"deep_tool_request","query":"q"}"#,
                .missing(field: "request_id", event: "deep_tool_request")
            ),
            (String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000), .notJSON),
        ])
    func fault(json: String, expected: ServerEvent.Fault) {
        #expect(parse(json) == .failure(expected))
    }
}
