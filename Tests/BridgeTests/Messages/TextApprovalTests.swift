import TestSupport
import Testing

@testable import Bridge

@Suite("A text that asks for something sensitive needs the owner's yes")
struct TextApprovalTests {
    private let fixture = MessageFixture()

    private var answers: [String] { fixture.service.sent.map(\.body) }

    @Test(
        "a yes by event or by poll: asked once, with the note that it was approved", arguments: [true, false])
    func yes(isByEvent: Bool) throws {
        if !isByEvent { fixture.service.approval.status = "approved" }
        fixture.receiveSensitive()
        fixture.advance(1)
        #expect(fixture.agent.asked.isEmpty && fixture.texts.waitingCount == 1)
        if isByEvent { fixture.texts.approvalResponded(id: "a1", decision: "approved") }
        fixture.advance(5)
        #expect(fixture.agent.asked.count == 1 && answers == ["Reply to one."])
        #expect(try #require(fixture.agent.asked.first).contains("has just approved this action"))
        #expect(
            try #require(fixture.service.approvals.first).contains("Text from +15550001: Please w:one it"))
    }

    @Test(
        "without a yes the agent is not asked, and the sender is told",
        arguments: [
            (#"{"request_id":"a1","devices_notified":1}"#, "denied"),
            (#"{"request_id":"a1","devices_notified":1}"#, "pending"),
            (#"{"request_id":"a1","devices_notified":0}"#, "approved"), ("{}", "approved"),
            ("<html>", "approved"),
        ])
    func no(creation: String, status: String) {
        fixture.service.approval = (creation, status)
        fixture.receiveSensitive()
        fixture.advance(70)
        #expect(fixture.agent.asked.isEmpty && answers == [Phrases.english.textNotApproved])
        #expect(fixture.texts.waitingCount == 0)
    }

    @Test("other texts need not wait for the decision")
    func others() {
        fixture.receiveSensitive()
        fixture.receive("two", from: "+15550002")
        fixture.advance(5)
        #expect(answers == ["Reply to two."])
    }

    @Test("a process that died while waiting asks for the approval again, and the agent once")
    func killed() {
        fixture.receiveSensitive()
        fixture.advance(1)
        fixture.restart()
        fixture.advance(1)
        fixture.texts.approvalResponded(id: "a1", decision: "approved")
        fixture.advance(5)
        #expect(fixture.service.approvals.count == 2 && fixture.agent.asked.count == 1)
        #expect(answers == ["Reply to one."])
    }

    @Test("an approved text that could not be asked is asked later without another approval")
    func later() {
        fixture.service.approval.status = "approved"
        fixture.agent.mood = .answer(.failure(mayHaveArrived: false))
        fixture.receiveSensitive()
        fixture.advance(20)
        fixture.agent.mood = .answering
        fixture.advance(60)
        #expect(fixture.service.approvals.count == 1 && answers == ["Reply to one."])
    }
}
