import Testing
import Wire

@testable import Transport

@Suite("RFC 6455 §7: how a connection comes to its end")
struct ClosingMachineTests {
    private let patience = Duration.seconds(3)

    private func machine(isServer: Bool = false, isOpen: Bool = true) -> ClosingMachine {
        var machine = ClosingMachine(isServer: isServer, patience: patience)
        if isOpen { _ = machine.opened() }
        return machine
    }

    @Test("a client says Close, hears Close, and waits for the server to close the connection")
    func clientCloses() {
        var machine = machine()
        #expect(
            machine.close(.normal, reason: "bye", at: .seconds(1)) == [
                .arm(.seconds(4)), .sendClose(.normal, reason: "bye"),
            ])
        #expect(machine.peerClosed(.normal, reason: "", at: .seconds(2)) == [.arm(.seconds(5))])
        #expect(machine.streamEnded(nil) == [.end(WebSocketEnding(code: .normal))])
    }

    @Test("a server closes the connection once both have said Close")
    func serverCloses() {
        var machine = machine(isServer: true)
        #expect(
            machine.peerClosed(.goingAway, reason: "r", at: .zero) == [.arm(patience), .finishWriting])
        #expect(machine.streamEnded(nil) == [.end(WebSocketEnding(code: .goingAway, reason: "r"))])
    }

    @Test("a peer that never answers a Close is left at the deadline")
    func neverAnswers() {
        var machine = machine()
        _ = machine.close(.normal, reason: "", at: .zero)
        #expect(machine.deadlinePassed(at: patience - .milliseconds(1)) == [])
        #expect(machine.deadlinePassed(at: patience) == [.end(WebSocketEnding(cause: .timedOut(.close)))])
    }

    @Test("a server that says Close and keeps the connection open is left at the deadline, with what it said")
    func lingers() {
        var machine = machine()
        #expect(machine.peerClosed(.takenOver, reason: "x", at: .zero) == [.arm(patience)])
        #expect(
            machine.deadlinePassed(at: patience) == [.end(WebSocketEnding(code: .takenOver, reason: "x"))])
    }

    @Test("the deadline of an earlier state does not end a later one")
    func oldDeadline() {
        var machine = machine()
        _ = machine.close(.normal, reason: "", at: .zero)
        _ = machine.peerClosed(.normal, reason: "", at: .seconds(2))
        #expect(machine.deadlinePassed(at: .seconds(3)) == [])
        #expect(machine.deadlinePassed(at: .seconds(5)) == [.end(WebSocketEnding(code: .normal))])
    }

    @Test("closing before the opening ends it at once")
    func beforeOpening() {
        var machine = machine(isOpen: false)
        #expect(machine.close(.normal, reason: "", at: .zero) == [.end(WebSocketEnding(cause: .cancelled))])
    }

    @Test("a second close changes nothing")
    func twice() {
        var machine = machine()
        _ = machine.close(.normal, reason: "", at: .zero)
        #expect(machine.close(.goingAway, reason: "again", at: .seconds(1)) == [])
        #expect(machine.deadlinePassed(at: patience).count == 1)
    }

    @Test("a close after the peer's Close changes nothing")
    func afterPeer() {
        var machine = machine()
        _ = machine.peerClosed(.goingAway, reason: "", at: .zero)
        #expect(machine.close(.normal, reason: "", at: .zero) == [])
        #expect(machine.streamEnded(.system(.read, code: 104)) == [.end(WebSocketEnding(code: .goingAway))])
    }

    @Test("a broken rule is the cause, whatever the socket does afterwards")
    func failure() {
        var machine = machine()
        #expect(machine.failed(.invalidUTF8, hasCloseFrame: true, at: .zero) == [.arm(patience)])
        #expect(
            machine.streamEnded(.system(.write, code: 32))
                == [.end(WebSocketEnding(cause: .webSocket(.invalidUTF8)))])
    }

    @Test("a refused handshake closes the connection without a frame")
    func refusedHandshake() {
        var machine = machine(isOpen: false)
        let fault = WebSocketFault.refused(status: 503, retryAfterSeconds: nil)
        #expect(machine.failed(fault, hasCloseFrame: false, at: .zero) == [.arm(patience), .finishWriting])
        #expect(machine.streamEnded(nil) == [.end(WebSocketEnding(cause: .webSocket(fault)))])
    }

    @Test("a dead peer ends an open connection, not one that is closing already")
    func deadPeer() {
        var (open, closing) = (machine(), machine())
        #expect(open.peerIsDead() == [.end(WebSocketEnding(cause: .timedOut(.pong)))])
        _ = closing.close(.normal, reason: "", at: .zero)
        #expect(closing.peerIsDead() == [])
    }

    @Test(
        "in any order of events there is one end, nothing follows it, and a deadline is armed until it comes")
    func anyOrder() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 { Self.play(isServer: .random(using: &random), &random) }
    }

    private static func play(isServer: Bool, _ random: inout SystemRandomNumberGenerator) {
        var machine = ClosingMachine(isServer: isServer, patience: .seconds(3))
        var (now, ends, armed) = (Duration.zero, 0, Duration?.none)
        var history: [Int] = []
        func record(_ actions: [ClosingMachine.Action]) {
            if ends > 0 { #expect(actions.isEmpty, "after the end: \(history)") }
            for action in actions {
                if case .end = action { ends += 1 }
                if case .arm(let time) = action { armed = time }
            }
            if case .end? = actions.last {
            } else {
                #expect(!actions.contains { if case .end = $0 { true } else { false } })
            }
        }
        for _ in 0..<8 {
            let event = Int.random(in: 0..<7, using: &random)
            history.append(event)
            now += .milliseconds(Int.random(in: 0..<2_000, using: &random))
            switch event {
            case 0: record(machine.opened())
            case 1: record(machine.close(.normal, reason: "", at: now))
            case 2: record(machine.peerClosed(.goingAway, reason: "", at: now))
            case 3: record(machine.failed(.invalidUTF8, hasCloseFrame: true, at: now))
            case 4: record(machine.peerIsDead())
            case 5: record(machine.deadlinePassed(at: now))
            default: if Bool.random(using: &random) { record(machine.streamEnded(nil)) }
            }
        }
        switch machine.state {
        case .closing(let until), .lingering(let until, _):
            #expect(armed == until, "no deadline is armed: \(history)")
            record(machine.deadlinePassed(at: until))
            #expect(ends == 1)
        case .ended: #expect(ends == 1)
        case .opening, .open: #expect(ends == 0)
        }
    }
}
