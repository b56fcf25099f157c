import ClawdTalkAPI
import TestSupport
import Testing

@testable import Bridge

@Suite("What the process after a crash knows")
struct CallJournalTests {
    private let file = MemoryJournalFile()

    private func journal(at time: Int = 1000) -> CallJournal {
        CallJournal(file, now: { time }, soon: { $0() })
    }

    private func question(_ channel: AnswerChannel, call: String? = "c1") -> Question {
        Question(channel: channel, callID: call, text: "")
    }

    @Test("questions that were asked and not told are open, whatever is in their ids")
    func open() {
        let journal = journal()
        let ids = ["r1", "with blank", "line\nend", "%41", "ä→", String(repeating: "x", count: 5000)]
        for id in ids { journal.asked(question(.tool(requestID: id), call: id)) }
        journal.asked(question(.walkie(requestID: "w"), call: nil))
        journal.asked(question(.speech(callID: "c1")))
        journal.told(.tool(requestID: "r1"))
        journal.told(.speech(callID: "c1"))
        let past = self.journal().recover()
        #expect(
            past.open == ids.dropFirst().map { question(.tool(requestID: $0), call: $0) }
                + [question(.walkie(requestID: "w"), call: nil)])
        // Until they are told, the process after that one knows them, too.
        #expect(self.journal().recover() == past)
        let last = self.journal()
        for question in last.recover().open { last.told(question.channel) }
        #expect(self.journal().recover() == CallJournal.Past())
    }

    @Test("calls that were greeted and have not ended are known over several crashes")
    func calls() {
        let journal = journal()
        for call in ["c1", "c2"] { journal.greeted(call) }
        journal.asked(question(.tool(requestID: "r"), call: "c2"))
        journal.ended("c2")
        for _ in 0..<3 {
            #expect(
                self.journal().recover()
                    == CallJournal.Past(open: [], greetedCalls: ["c1": 0], endedCalls: ["c2": 0]))
        }
    }

    @Test("a question is too old after five minutes, a call after four hours")
    func age() {
        journal(at: 1000).greeted("c1")
        journal(at: 1000).asked(question(.tool(requestID: "r")))
        let bytes = file.bytes
        #expect(journal(at: 1300).recover().open.count == 1)
        file.bytes = bytes
        #expect(journal(at: 1301).recover().open.isEmpty)
        file.bytes = bytes
        #expect(journal(at: 1000 + 4 * 3600 + 1).recover() == CallJournal.Past())
    }

    @Test("a journal that was cut anywhere, or is none at all, is read as far as it goes")
    func cut() {
        let journal = journal()
        journal.greeted("c1")
        journal.asked(question(.tool(requestID: "r1")))
        let bytes = file.bytes
        for length in bytes.indices {
            file.bytes = Array(bytes[..<length])
            #expect(self.journal().recover().open.isEmpty)
        }
        file.bytes = Array("nonsense\n1000 ? tool\n\n1000 ! x y\n".utf8) + [0xFF, 0x0A] + bytes
        #expect(self.journal().recover().open.count == 1)
    }

    @Test("what was told is written before the thread rests, together with what is asked meanwhile")
    func together() {
        let writes = CountingJournalFile()
        var waiting: [() -> Void] = []
        let journal = CallJournal(writes, now: { 1000 }, soon: { waiting.append($0) })
        let ids = (0..<4).map { AnswerChannel.tool(requestID: "r\($0)") }
        for id in ids[..<3] { journal.asked(question(id)) }
        #expect(writes.count == 3)
        journal.told(ids[0])
        journal.told(ids[1])
        #expect(writes.count == 3 && waiting.count == 1)
        journal.asked(question(ids[3]))
        #expect(writes.count == 4)
        waiting.removeFirst()()
        #expect(writes.count == 4)
        journal.told(ids[2])
        waiting.removeFirst()()
        #expect(writes.count == 5)
        #expect(CallJournal(writes, now: { 1000 }, soon: { $0() }).recover().open == [question(ids[3])])
    }

    @Test("it does not grow for ever, and keeps the calls that go on")
    func size() {
        let journal = journal()
        journal.greeted("c1")
        for number in 0..<10_000 {
            let channel = AnswerChannel.tool(requestID: "request-\(number)")
            journal.asked(question(channel))
            journal.told(channel)
        }
        #expect(file.bytes.count < 70_000)
        #expect(self.journal().recover() == CallJournal.Past(open: [], greetedCalls: ["c1": 0]))
    }

    @Test("2,500 calls whose end was lost cost one write at the start, and are not written again and again")
    func lostCalls() {
        let writes = CountingJournalFile()
        func journal(at time: Int) -> CallJournal { CallJournal(writes, now: { time }, soon: { $0() }) }
        let first = journal(at: 1000)
        for number in 0..<2_500 { first.greeted("a-call-with-an-id-of-usual-length-\(number)") }
        let before = (writes.count, writes.replacements, writes.byteCount)
        let second = journal(at: 1100)
        #expect(second.recover().greetedCalls.count == 2_500)
        #expect(writes.count == before.0 && writes.replacements == before.1 + 1)
        let size = writes.byteCount - before.2
        #expect(size < 150_000)
        for number in 0..<2_000 {
            second.asked(question(.tool(requestID: "request-\(number)"), call: "c1"))
            second.told(.tool(requestID: "request-\(number)"))
        }
        #expect(writes.replacements <= before.1 + 2)
        #expect(writes.byteCount - before.2 < 4 * size)
    }

    @Test(
        "a call whose end was lost is as old as what was heard of it last, however often the bridge restarts")
    func lostCallAge() {
        journal(at: 1000).greeted("c1")
        journal(at: 1000).greeted("c2")
        #expect(journal(at: 5000).recover().greetedCalls == ["c1": 4000, "c2": 4000])
        let third = journal(at: 8000)
        #expect(third.recover().greetedCalls == ["c1": 7000, "c2": 7000])
        third.asked(question(.tool(requestID: "r"), call: "c2"))
        #expect(journal(at: 1000 + 4 * 3600).recover().greetedCalls == ["c1": 4 * 3600, "c2": 7400])
        #expect(journal(at: 1001 + 4 * 3600).recover().greetedCalls == ["c2": 7401])
    }

    @Test("what seems to come from the future counts as new, and grows old")
    func future() {
        journal(at: 900_000).greeted("c1")
        #expect(journal(at: 1000).recover().greetedCalls == ["c1": 0])
        #expect(journal(at: 1001 + 4 * 3600).recover() == CallJournal.Past())
    }

    @Test("a call that ended is known for an hour; of many the latest 1,000")
    func ended() {
        let journal = journal()
        for number in 0..<1_010 { journal.ended("c\(number)") }
        let past = self.journal(at: 4600).recover().endedCalls
        #expect(past.count == 1_000 && past["c9"] == nil && past["c10"] == 3600)
        #expect(self.journal(at: 4601).recover() == CallJournal.Past())
    }

    @Test("after a crash in a call: nobody is greeted twice, and who waits is told the truth once")
    func bridge() {
        let first = BridgeFixture()
        first.connect()
        first.event("call.started", #""call_id":"c1""#)
        first.reply("42.")
        first.ask(id: "r1")
        first.time.advance(seconds: 1)
        first.service.current.answerPings()
        first.gateway.script = { _ in .never }
        first.ask(id: "r2")
        first.event("walkie_request", #""request_id":"w1","transcript":"Hi there""#)
        let second = BridgeFixture(after: first)
        second.connect()
        second.event("call.started", #""call_id":"c1""#)
        second.time.advance(seconds: 1)
        #expect(second.responses().isEmpty && second.results("r1").isEmpty)
        #expect(second.results("r2") == [Phrases.english.interrupted])
        let walkie = second.service.current.sent.first { $0["request_id"] as? String == "w1" }
        #expect(walkie?["error"] as? String == Phrases.english.interrupted)
        second.service.current.answerPings()
        second.time.advance(seconds: 0)
        let third = BridgeFixture(after: second)
        third.connect()
        #expect(third.results("r2").isEmpty)
    }

    /// Found by scripts/chaos.sh: a line goes dead without a word, an answer is written to it, and the process ends.
    @Test(
        "an answer that no pong has proven when the process ends: who waits is told the truth, and it is not asked twice",
        arguments: [false, true])
    func unproven(isStopped: Bool) {
        let first = BridgeFixture()
        first.connect()
        first.reply("42.")
        first.ask(id: "r1")
        first.time.advance(seconds: 1)
        #expect(first.results("r1") == ["42."])
        if isStopped { first.bridge.stop {} }
        let second = BridgeFixture(after: first)
        second.reply("43.")
        second.connect()
        second.ask(id: "r1")
        second.time.advance(seconds: 1)
        #expect(second.results("r1") == [Phrases.english.interrupted])
        #expect(second.gateway.sends.isEmpty)
    }

    @Test("a recorder gets what happened in a call, in order")
    func recorder() {
        let fixture = BridgeFixture()
        fixture.connect()
        fixture.reply("42.", after: .seconds(4))
        fixture.event("call.started", #""call_id":"c1""#)
        fixture.ask("What is it?")
        fixture.time.advance(seconds: 5)
        fixture.event("call.ended", #""call_id":"c1","duration_seconds":9"#)
        let filler = fixture.heard()[0]
        var outcome = CallOutcome(callID: "c1")
        outcome.durationSeconds = 9
        #expect(
            fixture.recorder.events.map(\.event) == [
                .started, .greeted(text: "Hello Ana, what can I do for you?"),
                .asked(request: "r1", text: "What is it?"), .said(request: "r1", text: filler),
                .answered(request: "r1", text: "42.", waited: .seconds(4)), .ended(outcome),
            ])
        #expect(fixture.recorder.events.allSatisfy { $0.call == "c1" })
    }
}
