import Foundation
import Transport

/// One session of a stand-in gateway: its history, and an agent that works one turn after another.
final class SimulatedSession {
    private let loop: EventLoop
    private let options: SimulatedGateway.Options
    private let asked: EventJournal<String>
    /// When the latest announce run ended, or when one that goes on will.
    private var announcedAt: Duration?
    private(set) var rows: [[String: Any]] = []
    private var queue: [SimulatedTurn] = []
    private var current: SimulatedTurn?

    init(loop: EventLoop, options: SimulatedGateway.Options, asked: EventJournal<String>) {
        (self.loop, self.options, self.asked) = (loop, options, asked)
    }

    /// Hands a message to the agent.
    func take(_ turn: SimulatedTurn) {
        queue.append(turn)
        workIfIdle()
    }

    /// Ends the run, or forgets it before it began.
    func cancel(_ turn: SimulatedTurn) {
        queue.removeAll { $0 === turn }
        guard current === turn else { return }
        add("", stopReason: "aborted")
        finishTurn()
    }

    /// As a process that ends loses them.
    func loseRuns(where isLost: (_ message: String) -> Bool) {
        queue.removeAll { isLost($0.message) }
        if let current, isLost(current.message) { finishTurn() }
    }

    private func workIfIdle() {
        guard current == nil, !queue.isEmpty else { return }
        let turn = queue.removeFirst()
        current = turn
        asked.append(turn.message)
        if turn.isUsers { add(["role": "user"], turn.message) } else { addInput(turn.message) }
        loop.schedule(after: options.agentTime / 3) { [self] in
            guard current === turn else { return }
            add(Self.intermediateText, stopReason: "toolUse")
            turn.onText(Self.intermediateText, false)
        }
        loop.schedule(after: options.agentTime) { [self] in
            guard current === turn else { return }
            let answer = options.answer(turn.message)
            switch options.persona {
            case .noReply: break
            case .runFailed: add("", stopReason: "error")
            default: add(answer, stopReason: "stop")
            }
            if options.persona == .announce { announce() } else { finishTurn() }
            turn.onText(answer, true)
        }
    }

    static let intermediateText = "Let me look that up."

    /// The gateway's follow-up: one more run in the same session, with a text of its own.
    private func announce() {
        announcedAt = loop.now + options.agentTime / 2
        addInput("Agent-to-agent announce step.")
        loop.schedule(after: options.agentTime / 2) { [self] in
            add(Self.announceText, stopReason: "stop")
            finishTurn()
        }
    }

    /// Whether a waited send that begins now may be answered with an announce run's text.
    var isNearAnnounce: Bool { announcedAt.map { loop.now - $0 < .seconds(20) } ?? false }

    static let announceText = "I have told everybody about it."

    private func finishTurn() {
        current = nil
        workIfIdle()
    }

    /// Our message as real gateways store it: as an assistant's row with a provenance.
    private func addInput(_ text: String) {
        add(
            [
                "role": "assistant", "senderLabel": "Forwarded from main",
                "provenance": ["kind": "inter_session", "sourceTool": "sessions_send"],
            ], text)
    }

    private func add(_ text: String, stopReason: String) {
        add(
            options.persona == .noStopReason
                ? ["role": "assistant"] : ["role": "assistant", "stopReason": stopReason], text)
    }

    private func add(_ members: [String: Any], _ text: String) {
        var row = members
        row["content"] = [["type": "text", "text": text]]
        row["timestamp"] = (Date().timeIntervalSince1970 * 1000).rounded()
        row["__openclaw"] = ["id": "row\(rows.count)", "seq": rows.count]
        rows.append(row)
    }
}
