import Agent
import ClawdTalkAPI
import OpenClaw
import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("Approvals fail closed")
struct BridgeApprovalTests {
    private let fixture = BridgeFixture()
    private let phrases = Phrases.english

    private func prepare(
        creation: ScriptedREST.Answer = .json(#"{"request_id":"a1","devices_notified":1}"#),
        status: String = "pending"
    ) {
        fixture.connect()
        fixture.reply("Deleted.")
        fixture.rest.script = { call in
            call.method == "POST" ? creation : .json(#"{"status":"\#(status)"}"#)
        }
    }

    @Test("the service is asked with the caller's own words and sixty seconds; the event decides")
    func approved() {
        prepare()
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 1)
        #expect(fixture.rest.calls[0].path == "/approvals" && fixture.gateway.sends.isEmpty)
        #expect(fixture.rest.calls[0].body["action"] as? String == "Delete my files")
        #expect(fixture.rest.calls[0].body["expires_in"] as? Int == 60)
        #expect(fixture.heard() == [phrases.approvalAsked] && fixture.bridge.status.approvalsWaiting == 1)
        fixture.event("approval.responded", #""request_id":"a1","decision":"approved""#)
        fixture.time.advance(seconds: 2)
        #expect(fixture.results() == ["Deleted."])
        #expect(fixture.gateway.sends[0].message?.contains("has just been approved") == true)
    }

    @Test("the poll decides when the event was missed, once")
    func polled() {
        prepare(status: "approved")
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 4)
        fixture.event("approval.responded", #""request_id":"a1","decision":"denied""#)
        fixture.time.advance(seconds: 4)
        #expect(fixture.results() == ["Deleted."] && fixture.gateway.sends.count == 1)
    }

    @Test("an event that overtakes the creation's answer counts")
    func early() {
        prepare(creation: .json(after: .seconds(2), #"{"request_id":"a1","devices_notified":1}"#))
        fixture.ask("Delete my files")
        fixture.event("approval.responded", #""request_id":"a1","decision":"denied""#)
        fixture.time.advance(seconds: 3)
        #expect(fixture.results() == [phrases.approvalDenied] && fixture.gateway.sends.isEmpty)
    }

    @Test(
        "anything but a yes executes nothing",
        arguments: [
            ("denied", \Phrases.approvalDenied), ("expired", \.approvalTimedOut),
            ("pending", \.approvalTimedOut),
            ("nonsense", \.approvalFailed), ("", \.approvalFailed),
        ] as [(String, any KeyPath<Phrases, String> & Sendable)])
    func closed(status: String, sentence: any KeyPath<Phrases, String> & Sendable) {
        prepare(status: status)
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 70)
        #expect(fixture.results() == [phrases[keyPath: sentence]] && fixture.gateway.sends.isEmpty)
    }

    @Test("another request's decision decides nothing")
    func other() {
        prepare()
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 1)
        fixture.event("approval.responded", #""request_id":"a2","decision":"approved""#)
        fixture.time.advance(seconds: 5)
        #expect(fixture.gateway.sends.isEmpty && fixture.results().isEmpty)
    }

    @Test("a poll that fails is repeated; one that cannot succeed any more ends it", arguments: [500, 404])
    func pollFails(status: Int) {
        prepare()
        var polls = 0
        fixture.rest.script = { call in
            if call.method == "POST" { return .json(#"{"request_id":"a1","devices_notified":1}"#) }
            polls += 1
            return polls == 1 ? .json(status: status, "<html>") : .json(#"{"status":"approved"}"#)
        }
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 10)
        #expect(fixture.results() == [status == 500 ? "Deleted." : phrases.approvalFailed])
    }

    static let notAsked: [ScriptedREST.Answer] = [
        .json(#"{"request_id":"a1","devices_notified":0}"#), .json(#"{"request_id":"a1"}"#), .json("{}"),
        .json(status: 401, "{}"), .failure(mayHaveArrived: false),
    ]

    @Test("no device, or none that can be reached: the caller is asked", arguments: notAsked.indices)
    func spoken(index: Int) {
        prepare(creation: Self.notAsked[index])
        fixture.ask("Delete my files", id: "r1")
        fixture.time.advance(seconds: 20)
        #expect(fixture.results("r1") == [phrases.approvalBySpeech] && fixture.gateway.sends.isEmpty)
        fixture.ask("Approve.", id: "r2")
        fixture.time.advance(seconds: 2)
        #expect(fixture.results("r2") == ["Deleted."] && fixture.gateway.sends.count == 1)
        #expect(fixture.gateway.sends[0].message?.contains("Delete my files") == true)
        fixture.ask("Approve.", id: "r3")
        fixture.time.advance(seconds: 2)
        #expect(fixture.gateway.sends[1].message?.contains("Approve.") == true)
    }

    static let perhapsAsked: [ScriptedREST.Answer] = [
        .json("<html>"), .json(status: 500, "{}"), .failure(mayHaveArrived: true), .never,
        .json(#"{"devices_notified":1}"#),
    ]

    @Test(
        "where the owner may have been asked, and may have said no, nobody else is",
        arguments: perhapsAsked.indices)
    func perhaps(index: Int) {
        prepare(creation: Self.perhapsAsked[index])
        fixture.ask("Delete my files", id: "r1")
        fixture.time.advance(seconds: 70)
        fixture.ask("approve", id: "r2")
        fixture.time.advance(seconds: 1)
        #expect(fixture.results("r1") == [phrases.approvalFailed])
        #expect(fixture.gateway.sends.allSatisfy { $0.message?.contains("Delete") == false })
    }

    @Test("an id may be a number")
    func numericID() {
        prepare(creation: .json(#"{"request_id":7,"devices_notified":1}"#))
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 1)
        fixture.event("approval.responded", #""request_id":7,"decision":"approved""#)
        fixture.time.advance(seconds: 1)
        #expect(fixture.results() == ["Deleted."])
    }

    @Test("what the owner cannot be shown whole cannot be approved")
    func tooLong() {
        prepare()
        fixture.ask("Delete my files. " + String(repeating: "And then. ", count: 60))
        fixture.time.advance(seconds: 1)
        #expect(fixture.results() == [phrases.approvalFailed] && fixture.rest.calls.isEmpty)
    }

    @Test("of two requests at once only one can be approved aloud")
    func two() {
        prepare(creation: .json("{}"))
        fixture.ask("Delete my files", id: "r1")
        fixture.ask("Pay the invoice", id: "r2")
        fixture.time.advance(seconds: 1)
        #expect(fixture.results("r1") == [phrases.approvalBySpeech])
        #expect(fixture.results("r2") == [phrases.approvalFailed])
        fixture.ask("approve", id: "r3")
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.sends.map { $0.message?.contains("Delete my files") } == [true])
    }

    @Test("in a call that the agent made, whoever is on the line cannot approve")
    func outbound() {
        prepare(creation: .json("{}"))
        fixture.event("call.started", #""call_id":"c1","direction":"outbound""#)
        fixture.ask("Delete my files", id: "r1")
        fixture.time.advance(seconds: 1)
        fixture.ask("approve", id: "r2")
        fixture.time.advance(seconds: 1)
        #expect(fixture.results("r1") == [phrases.approvalFailed])
        #expect(fixture.gateway.sends.allSatisfy { $0.message?.contains("Delete") == false })
        #expect(fixture.gateway.sends[0].message?.contains("whom you called") == true)
    }

    @Test("a spoken no, or stop", arguments: ["deny", "Denied!", "stop"])
    func spokenNo(word: String) {
        prepare(creation: .json("{}"))
        fixture.ask("Delete my files", id: "r1")
        fixture.time.advance(seconds: 1)
        fixture.ask(word, id: "r2")
        fixture.ask("approve", id: "r3")
        fixture.time.advance(seconds: 1)
        #expect(fixture.results("r2") == [phrases.deniedBySpeech])
        #expect(fixture.gateway.sends.allSatisfy { $0.message?.contains("Delete") == false })
    }

    @Test("the spoken yes counts in its own call, for sixty seconds, and only as the next thing said")
    func spokenLimits() {
        prepare(creation: .json("{}"))
        fixture.ask("Delete my files", id: "r1")
        fixture.time.advance(seconds: 1)
        fixture.ask("approve", id: "r2", call: "c2")
        fixture.ask("What time is it?", id: "r3")
        fixture.ask("approve", id: "r4")
        fixture.time.advance(seconds: 1)
        fixture.ask("Delete my files", id: "r5")
        fixture.time.advance(seconds: 62)
        fixture.ask("approve", id: "r6")
        fixture.time.advance(seconds: 1)
        #expect(fixture.gateway.sends.count == 4)
        #expect(fixture.gateway.sends.allSatisfy { $0.message?.contains("Delete") == false })
    }

    @Test("without a call nobody can say yes")
    func walkie() {
        prepare(creation: .json("{}"))
        fixture.event("walkie_request", #""request_id":"w1","transcript":"delete my files""#)
        fixture.time.advance(seconds: 1)
        #expect(fixture.service.current.sent.last?["error"] as? String == phrases.approvalFailed)
        #expect(fixture.gateway.sends.isEmpty)
    }

    @Test("a caller who hangs up while deciding has nothing executed")
    func hangUp() {
        prepare()
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 1)
        fixture.event("call.ended", #""call_id":"c1""#)
        fixture.event("approval.responded", #""request_id":"a1","decision":"approved""#)
        fixture.time.advance(seconds: 70)
        #expect(fixture.gateway.sends.isEmpty && fixture.results().isEmpty)
    }

    @Test(
        "always asks for everything, off for nothing, own rules for their own",
        arguments: [
            (ApprovalMode.always, [], "What time is it?", true), (.off, [], "Delete my files", false),
            (.sensitive, ["water: plant"], "Water the plants", true),
            (.sensitive, ["-delete"], "Delete it all", false),
        ])
    func modes(mode: ApprovalMode, rules: [String], question: String, needsApproval: Bool) {
        let fixture = BridgeFixture {
            $0.conversation.approvalMode = mode
            $0.conversation.approvalRules = rules
        }
        fixture.connect()
        fixture.reply("42.")
        fixture.ask(question)
        fixture.time.advance(seconds: 1)
        #expect(fixture.rest.calls.isEmpty != needsApproval && fixture.gateway.sends.isEmpty == needsApproval)
    }

    @Test(
        "the test phrases tell whether a device was told",
        arguments: [
            (#"{"request_id":"a","devices_notified":2}"#, 200, \Phrases.testPushSent),
            (#"{"request_id":"a","devices_notified":0}"#, 200, \.testPushNoDevice),
            ("{}", 500, \.testPushFailed),
        ] as [(String, Int, any KeyPath<Phrases, String> & Sendable)])
    func testPush(answer: String, status: Int, sentence: any KeyPath<Phrases, String> & Sendable) {
        prepare(creation: .json(status: status, answer))
        fixture.ask("Please send me a test notification")
        fixture.ask("test push", id: "r2")
        fixture.time.advance(seconds: 1)
        #expect(
            fixture.results("r1") == [phrases[keyPath: sentence]]
                && fixture.results("r2") == fixture.results("r1"))
        #expect(fixture.gateway.sends.isEmpty)
    }

    @Test("while the owner decides, the caller hears what is waited for")
    func fillers() {
        prepare()
        fixture.ask("Delete my files")
        fixture.time.advance(seconds: 30)
        #expect(fixture.heard().dropFirst().allSatisfy(phrases.approvalFillers.contains))
        #expect(fixture.heard().count >= 5)
    }

    @Test("has_devices of the login is kept")
    func devices() {
        fixture.bridge.start()
        fixture.service.current.signal(.opened)
        fixture.service.current.receive(#"{"type":"auth_ok","has_devices":false}"#)
        #expect(fixture.bridge.status.hasDevices == false)
    }
}
