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
            (
                #"{"type":"auth_ok","user_id":"u","has_devices":true}"#,
                ServerEvent.authenticated(hasDevices: true)
            ),
            (#"{"type":"auth_ok"}"#, .authenticated(hasDevices: nil)),
            (#"{"type":"auth_error","message":"no"}"#, .authenticationFailed(message: "no")),
            (#"{"type":"auth_error"}"#, .authenticationFailed(message: "")),
            (#"{"type":"event","event":"context_request","call_id":"c"}"#, .contextRequest(callID: "c")),
            (
                #"{"type":"event","event":"call.started","call_id":7,"direction":"inbound"}"#,
                .callStarted(callID: "7", isOutbound: false)
            ),
            (
                #"{"type":"event","event":"call.ended","call_id":"c","duration_seconds":"x"}"#,
                .callEnded(CallOutcome(callID: "c"))
            ),
            (
                #"{"type":"event","event":"deep_tool_request","call_id":"c","request_id":"r","query":"q","context":{"a":[1]}}"#,
                .deepToolRequest(.init(requestID: "r", callID: "c", query: "q"))
            ),
            (
                #"{"type":"event","event":"deep_tool_request","request_id":12,"query":null}"#,
                .deepToolRequest(.init(requestID: "12", callID: nil, query: ""))
            ),
            (
                #"{"type":"event","event":"message","call_id":"c","text":"Hi"}"#,
                .utterance(callID: "c", text: "Hi")
            ),
            (
                #"{"type":"event","event":"transcription","call_id":"c","transcript":"Hi"}"#,
                .utterance(callID: "c", text: "Hi")
            ),
            (
                #"{"type":"event","event":"transcript","call_id":"c"}"#,
                .utterance(callID: "c", text: "")
            ),
            (
                #"{"type":"event","event":"sms.received","from":"+13125550123","body":"x","message_id":"m"}"#,
                .textReceived(IncomingText(messageID: "m", sender: "+13125550123", body: "x"))
            ),
            (
                #"{"type":"event","event":"approval.responded","request_id":"a","decision":"approved"}"#,
                .approvalResponded(requestID: "a", decision: "approved")
            ),
            (
                #"{"type":"event","event":"walkie_request","request_id":"w","transcript":"t","session_key":"agent:x:main"}"#,
                .walkieRequest(requestID: "w", transcript: "t")
            ),
            (#"{"type":"pong"}"#, .other(name: "pong")),
            (#"{"type":["auth_ok"]}"#, .other(name: "without a type")),
            ("{}", .other(name: "without a type")),
        ])
    func event(json: String, expected: ServerEvent) {
        #expect(parse(json) == .success(expected))
    }

    @Test("who made a call")
    func direction() {
        let json = #"{"type":"event","event":"call.started","call_id":"c","direction":"outbound"}"#
        #expect(parse(json) == .success(.callStarted(callID: "c", isOutbound: true)))
    }

    @Test("an id that is no id is missing, and a text that is no text is cut")
    func bounds() {
        let long = String(repeating: "x", count: 100_000)
        let started = #"{"type":"event","event":"call.started","call_id":"\#(long)"}"#
        #expect(parse(started) == .failure(.missing(field: "call_id", event: "call.started")))
        let said = #"{"type":"event","event":"message","call_id":"c","text":"\#(long)"}"#
        #expect(parse(said) == .success(.utterance(callID: "c", text: String(long.prefix(32_000)))))
    }

    @Test("how a call ended")
    func outcome() {
        let json = #"""
            {"type":"event","event":"call.ended","call_id":"c","direction":"outbound","duration_seconds":75.9,
            "reason":"amd_silence","outcome":"voicemail","to_number":"+13125550123","greeting":"Hi",
            "voicemail_message":"Call back"}
            """#
        var outcome = CallOutcome(callID: "c")
        (outcome.direction, outcome.durationSeconds, outcome.reason) = ("outbound", 75, "amd_silence")
        (outcome.outcome, outcome.toNumber, outcome.purpose) = ("voicemail", "+13125550123", "Hi")
        outcome.voicemailMessage = "Call back"
        #expect(parse(json) == .success(.callEnded(outcome)))
    }

    @Test("no length of a call", arguments: ["-1", "1e300", #""x""#, "null", "[1]"])
    func duration(value: String) {
        let json = #"{"type":"event","event":"call.ended","call_id":"c","duration_seconds":\#(value)}"#
        #expect(parse(json) == .success(.callEnded(CallOutcome(callID: "c"))))
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
            (
                #"{"type":"event","event":"sms.received","body":"x","message_id":"m"}"#,
                .missing(field: "from", event: "sms.received")
            ),
            (String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000), .notJSON),
        ])
    func fault(json: String, expected: ServerEvent.Fault) {
        #expect(parse(json) == .failure(expected))
    }

    /// A member that only Foundation reads makes it read the whole frame.
    @Test(
        "Both readers say the same",
        arguments: [
            #""type":"auth_ok","user_id":"u","has_devices":false"#,
            #""type":"auth_ok","has_devices":"yes""#,
            #""type":"event","event":"deep_tool_request","call_id":7,"request_id":"r","query":"a\n\"b\" \u00e9 é""#,
            #""type":"event","event":"deep_tool_request","call_id":null,"request_id":"r","query":["q"]"#,
            #""type":"event","event":"deep_tool_request","call_id":"c""#,
            #""type":"event","event":"deep_tool_request","request_id":true,"query":"q""#,
            #""type":"event","event":"call.ended","call_id":"c","duration_seconds":61,"outcome":"voicemail""#,
            #""type":"event","event":"walkie_request","request_id":"w","transcript":"t","session_key":"s""#,
            #""type":["event"],"event":"x""#, #""nothing":{"type":"event"}"#,
        ])
    func readers(members: String) {
        let slow = parse("{\(members),\"fraction\":1.5}")
        #expect(parse("{\(members)}") == slow)
        #expect(ServerFrame(Array("{\(members)}".utf8)) != nil)
        #expect(ServerFrame(Array("{\(members),\"fraction\":1.5}".utf8)) == nil)
    }

    @Test(
        "a frame of nothing but values is not understood, and not given to a decoder",
        arguments: [("[", "0", "]"), (#"{"type":"event","a":["#, "[]", "]}"), ("{", #""a":0"#, "}")])
    func manyValues(before: String, value: String, after: String) {
        let values = Array(repeating: value, count: 300_000).joined(separator: ",")
        #expect(parse(before + values + after) == .failure(.notJSON))
    }
}
