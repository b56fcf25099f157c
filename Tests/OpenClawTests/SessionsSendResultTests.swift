import Foundation
import Testing
import Wire

@testable import OpenClaw

@Suite("gateway.md B3: the results of sessions_send")
struct SessionsSendResultTests {
    private func details(_ json: String) throws -> SessionsSendResult.Details {
        try JSONDecoder().decode(SessionsSendResult.Details.self, from: Data(json.utf8))
    }

    @Test(
        "each status",
        arguments: [
            (#"{"status":"ok","reply":"Hi"}"#, SessionsSendResult.reply("Hi")),
            (#"{"status":"ok"}"#, .endedWithoutText),
            (#"{"status":"ok","reply":"  \n"}"#, .endedWithoutText),
            (#"{"status":"ok","reply":null}"#, .endedWithoutText),
            (#"{"status":"ok","reply":{"text":"x"}}"#, .endedWithoutText),
            (#"{"status":"ok","delivery":{"status":"pending","mode":"announce"}}"#, .endedWithoutText),
            (#"{"status":"accepted","runId":"r"}"#, .running),
            (#"{"status":"timeout","error":"x"}"#, .running),
            (#"{"status":"queued","runStarted":false}"#, .running),
            (#"{"status":"something new"}"#, .running),
            (#"{"status":"no_reply","message":"x"}"#, .noReply),
            (#"{"status":"forbidden","error":"x"}"#, .forbidden),
            (#"{"status":"error","error":"boom"}"#, .runFailed),
            (#"{"status":"error","error":"gateway timeout after 10000ms"}"#, .uncertain),
            (#"{"status":"error"}"#, .uncertain),
            (#"{"status":"error","error":{"code":1}}"#, .uncertain),
            (#"{"status":"error","error":"boom","sentBeforeError":true}"#, .runFailed),
            (
                #"{"status":"error","error":"sessions_send cannot target the calling session; use your own reply instead"}"#,
                .selfSendRefused
            ),
        ])
    func status(json: String, expected: SessionsSendResult) throws {
        #expect(SessionsSendResult(try details(json)) == expected)
    }

    @Test(
        "only known errors of the tool itself prove that nothing ran",
        arguments: [
            ("No session found with label: phone", true),
            ("Multiple sessions found with label: phone (a, b)", true),
            ("Session not found: x (use the full sessionKey from sessions_list)", true),
            ("sessions_send cannot target a thread session for inter-agent coordination.", true),
            ("Either sessionKey or label is required", true),
            ("Session not found: x", false), ("session store is locked", false),
            ("The agent said: No session found with label: phone", false),
        ])
    func proof(error: String, isProof: Bool) throws {
        let json = #"{"status":"error","error":"\#(error)"}"#
        #expect(SessionsSendResult(try details(json)) == (isProof ? .refused : .runFailed))
        let sent = #"{"status":"error","error":"\#(error)","sentBeforeError":true}"#
        #expect(SessionsSendResult(try details(sent)) == .runFailed)
    }

    @Test("delivery tells of an announce run, and whether the gateway is a newer one")
    func delivery() throws {
        #expect(
            try details(#"{"status":"ok","reply":"x","delivery":{"status":"pending","mode":"announce"}}"#)
                .hints == SendHints(announces: true))
        #expect(
            try details(#"{"status":"ok","reply":"x","delivery":{"status":"skipped"}}"#).hints
                == SendHints(comparesBaseline: true))
        #expect(try details(#"{"status":"ok","reply":"x","delivery":"announce"}"#).hints == SendHints())
    }

    /// A member twice is for Foundation, and makes it read the whole answer.
    @Test(
        "Both readers say the same",
        arguments: [
            #"{"status":"ok","reply":"Hi \n \"you\" é","delivery":{"status":"skipped"},"runId":"r"}"#,
            #"{"status":"ok","reply":"Hi","delivery":{"status":"pending","mode":"announce"}}"#,
            #"{"status":"ok","reply":"Hi","delivery":{"mode":null}}"#,
            #"{"status":"ok","reply":"Hi","delivery":1}"#,
            #"{"status":"ok","reply":["Hi"]}"#, #"{"status":"ok"}"#, #"{"status":"accepted","reply":"Hi"}"#,
            #"{"status":"error","reply":"Hi","error":"boom","sentBeforeError":true}"#,
        ])
    func readers(details: String) throws {
        func read(_ more: String) throws -> (SessionsSendResult, SendHints) {
            let body = #"{"ok":true,"result":{"content":[],"details":\#(details)}\#(more)}"#
            let response = HTTPResponse(head: HTTPResponseHead(status: 200), body: Array(body.utf8))
            let details = try ToolResponse.sendResult(response)
            return (SessionsSendResult(details), details.hints)
        }
        #expect(try read("") == read(#","x":1,"x":2"#))
    }

    @Test("What the gateway calls a failure is none of its results")
    func notOK() {
        let body = #"{"ok":false,"result":{"details":{"status":"ok","reply":"Hi"}}}"#
        let response = HTTPResponse(head: HTTPResponseHead(status: 200), body: Array(body.utf8))
        #expect(throws: GatewayError.unreadable) { try ToolResponse.sendResult(response) }
    }
}
