import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("The line: logins, cuts, what is delivered after them")
struct BridgeLineTests {
    private let fixture = BridgeFixture()
    private var service: ScriptedService { fixture.service }

    @Test("a refused key ends the bridge")
    func keyRefused() {
        fixture.bridge.start()
        service.current.signal(.opened)
        service.current.receive(#"{"type":"auth_error","message":"Invalid API key"}"#)
        #expect(fixture.exits == [.keyRefused(message: "Invalid API key")])
        fixture.time.advance(seconds: 600)
        #expect(service.connections.count == 1)
    }

    @Test("three takeovers without a good minute end it")
    func takenOver() {
        fixture.connect()
        for wait in [5.0, 10.0] {
            service.current.end(code: 4000)
            fixture.time.advance(seconds: wait - 0.1)
            let count = service.connections.count
            fixture.time.advance(seconds: 0.2)
            #expect(service.connections.count == count + 1)
            service.current.logIn()
        }
        #expect(fixture.exits.isEmpty)
        service.current.end(code: 4000)
        #expect(fixture.exits == [.takenOver])
    }

    @Test("no answer to the login is a dead connection")
    func loginTimeout() {
        fixture.bridge.start()
        service.current.signal(.opened)
        fixture.time.advance(seconds: 12)
        #expect(service.connections.count == 2 && service.connections[0].isAborted)
    }

    @Test("a line that dies inside the login leaves one timer and one next connection")
    func diesInLogin() {
        fixture.bridge.start()
        service.endsOnSend = true
        service.current.signal(.opened)
        service.endsOnSend = false
        fixture.time.advance(seconds: 30)
        #expect(service.connections.count == 2)
        #expect(fixture.bridge.status.reconnects == 0)
    }

    @Test("no network at the start is retried, never an exit")
    func noNetwork() {
        fixture.bridge.start()
        for _ in 0..<20 {
            service.current.end()
            fixture.time.advance(seconds: 61)
        }
        #expect(service.connections.count == 21 && fixture.exits.isEmpty)
    }

    @Test("an answer that is ready while the line is down comes once after the next login")
    func answerAfterReconnect() {
        fixture.connect()
        fixture.reply("42.", after: .seconds(1))
        fixture.ask()
        fixture.time.advance(seconds: 0.5)
        service.current.end()
        fixture.time.advance(seconds: 1)
        #expect(service.connections.count == 2)
        #expect(service.current.sent.isEmpty)
        service.current.logIn()
        #expect(service.current.texts("deep_tool_result") == ["42."])
        service.current.answerPings()
        service.current.end()
        fixture.time.advance(seconds: 1)
        service.current.logIn()
        #expect(service.current.texts("deep_tool_result").isEmpty)
    }

    @Test("a result without the proof of a pong is written once more, under the same request id")
    func unproven() {
        fixture.connect()
        fixture.reply("42.")
        fixture.ask(id: "r7")
        fixture.time.advance(seconds: 1)
        #expect(
            service.current.texts("deep_tool_result") == ["42."]
                && service.current.pings.filter { !$0.isEmpty }.count == 1)
        service.current.end()
        fixture.time.advance(seconds: 1)
        service.current.logIn()
        #expect(service.current.texts("deep_tool_result") == ["42."])
        #expect(service.current.sent.last?["request_id"] as? String == "r7")
    }

    @Test("dropped when the call ended, and after two minutes", arguments: [true, false])
    func dropped(callEnded: Bool) {
        fixture.connect()
        fixture.reply("42.")
        fixture.ask()
        fixture.time.advance(seconds: 1)
        if callEnded { fixture.event("call.ended", #""call_id":"c1""#) }
        service.current.end()
        fixture.time.advance(seconds: callEnded ? 1 : 130)
        service.current.logIn()
        #expect(service.current.texts("deep_tool_result").isEmpty)
    }

    @Test("with a live call the first try comes within 250 ms")
    func quickReconnect() {
        fixture.connect()
        fixture.event("call.started", #""call_id":"c1""#)
        service.current.end()
        fixture.time.advance(seconds: 0.26)
        #expect(service.connections.count == 2)
    }

    @Test("waking from sleep reconnects at once, or probes the line")
    func wake() {
        fixture.connect()
        fixture.bridge.machineWoke()
        #expect(service.current.probes == [.seconds(3)])
        service.current.end(retryAfterSeconds: 60)
        fixture.bridge.machineWoke()
        #expect(service.connections.count == 2)
    }

    @Test(
        "bad frames are ignored and the next request is served",
        arguments: [
            "{", "[]", "null", "7", #""text""#, "{}", #"{"type":5}"#, #"{"type":"event"}"#,
            #"{"type":"event","event":"deep_tool_request"}"#,
            #"{"type":"event","event":"deep_tool_request","request_id":{"a":1},"query":[]}"#,
            #"{"type":"event","event":"unheard.of","call_id":1}"#,
            #"{"type":"event","event":"call.started","call_id":null}"#, #"{"type":"auth_ok"}"#,
            #"{"type":"auth_error","message":"late"}"#,
            String(repeating: "[", count: 10_000), #"{"a":"# + String(repeating: #"{"a":"#, count: 10_000),
            #"{"type":"event","event":"x","text":""# + String(repeating: "y", count: 4 << 20) + #""}"#,
            "\u{0}",
        ])
    func badFrames(frame: String) {
        fixture.connect()
        fixture.reply("42.")
        service.current.receive(frame)
        service.current.signal(.binary(byteCount: 3))
        fixture.ask()
        fixture.time.advance(seconds: 1)
        #expect(service.current.texts("deep_tool_result") == ["42."])
        #expect(fixture.exits.isEmpty && service.connections.count == 1)
    }

    @Test("events before the login are ignored")
    func beforeLogin() {
        fixture.bridge.start()
        service.current.signal(.opened)
        fixture.event("call.started", #""call_id":"c1""#)
        #expect(service.current.texts("response").isEmpty)
    }

    @Test("signals of a connection that was replaced change nothing")
    func stale() {
        fixture.connect()
        let old = service.current
        old.end()
        fixture.time.advance(seconds: 2)
        service.current.logIn()
        old.end()
        old.receive(#"{"type":"auth_error"}"#)
        #expect(fixture.bridge.status.line == .ready && fixture.exits.isEmpty)
    }
}
