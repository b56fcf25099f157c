import Testing

@testable import Transport

@Suite("Lookups when the system's resolver hangs")
struct LookupMachineTests {
    private typealias Question = LookupMachine.Question
    private typealias Lookup = LookupMachine.Lookup

    private func question(_ name: String, family: Int32 = 1) -> Question {
        Question(name: name, family: family)
    }

    /// All lookups that may run are running, for `h1` to `h8`.
    private func full() -> LookupMachine {
        var machine = LookupMachine()
        for number in 1...LookupMachine.maximumRunning {
            #expect(
                machine.ask(question("h\(number)"), for: number, now: .zero)
                    == .start(Lookup(ticket: number, question: question("h\(number)"))))
        }
        return machine
    }

    @Test("a second dial to a name joins the lookup that is under way, each family for itself")
    func joins() {
        var machine = LookupMachine()
        let lookup = Lookup(ticket: 1, question: question("h"))
        #expect(machine.ask(question("h"), for: 1, now: .zero) == .start(lookup))
        #expect(machine.ask(question("h"), for: 2, now: .seconds(4)) == .joined)
        let other = Lookup(ticket: 2, question: question("h", family: 2))
        #expect(machine.ask(question("h", family: 2), for: 3, now: .zero) == .start(other))
        let (waiters, next) = machine.finish(1, now: .seconds(4))
        #expect(waiters == [1, 2] && next == nil && machine.runningCount == 1)
        guard case .start = machine.ask(question("h"), for: 4, now: .seconds(4)) else {
            Issue.record("an answer is not kept")
            return
        }
    }

    @Test(
        "a dial after a change of networks does not wait for a lookup that hangs, but lookups of a name do not gather"
    )
    func staleLookup() {
        var machine = LookupMachine()
        _ = machine.ask(question("h"), for: 1, now: .zero)
        let again = Lookup(ticket: 2, question: question("h"))
        #expect(machine.ask(question("h"), for: 2, now: .seconds(5)) == .start(again))
        #expect(machine.ask(question("h"), for: 3, now: .seconds(60)) == .joined)
        #expect(machine.finish(1, now: .seconds(61)).waiters == [1])
        #expect(machine.finish(2, now: .seconds(61)).waiters == [2, 3])
    }

    @Test("no more than eight lookups run at once, the next waits for the end of one")
    func bound() {
        var machine = full()
        #expect(machine.ask(question("next"), for: 9, now: .zero) == .joined && machine.runningCount == 8)
        // Joined however long it waits: it has not been asked yet.
        #expect(machine.ask(question("next"), for: 10, now: .seconds(60)) == .joined)
        let (waiters, next) = machine.finish(3, now: .seconds(60))
        #expect(waiters == [3] && next == Lookup(ticket: 9, question: question("next")))
        #expect(machine.runningCount == 8)
        #expect(machine.finish(9, now: .seconds(61)).waiters == [9, 10])
    }

    @Test("when very many names wait, the next is refused at once")
    func refusal() {
        var machine = full()
        for number in 1...LookupMachine.maximumQueued {
            #expect(machine.ask(question("q\(number)"), for: 100 + number, now: .zero) == .joined)
        }
        #expect(machine.ask(question("more"), for: 1000, now: .zero) == .refused)
        #expect(machine.ask(question("q1"), for: 1001, now: .zero) == .joined)
    }

    @Test("a dial that is given up is not answered, and a name that nobody waits for is not looked up")
    func leaving() {
        var machine = full()
        _ = machine.ask(question("q"), for: 9, now: .zero)
        machine.leave(1)
        machine.leave(9)
        let (waiters, next) = machine.finish(1, now: .zero)
        #expect(waiters.isEmpty && next == nil && machine.runningCount == 7)
    }
}
