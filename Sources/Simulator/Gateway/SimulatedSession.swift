import Foundation
import Transport

/// One session of a stand-in gateway: its history, and an agent that works one turn after another.
final class SimulatedSession {
    private let loop: EventLoop
    private let options: SimulatedGateway.Options
    private let asked: EventJournal<String>
    /// When the latest announce run ended, or when one that goes on will.
    private var announcedAt: Duration?
    private var announceCount = 0
    private(set) var rows: [[String: Any]] = []
    private var queue: [SimulatedTurn] = []
    private var current: SimulatedTurn?
    /// What `sessions_list` says of its runs.
    private var isRunning = false
    private var endedAt: Double?
    /// Counts conversations: one that was lost is followed by another.
    private(set) var conversation = 1

    init(loop: EventLoop, options: SimulatedGateway.Options, asked: EventJournal<String>) {
        (self.loop, self.options, self.asked) = (loop, options, asked)
    }

    /// Hands a message to the agent.
    func take(_ turn: SimulatedTurn) {
        if options.persona == .announce, isRunning || current != nil { loseConversation() }
        queue.append(turn)
        workIfIdle()
    }

    /// As 2026.6 does it when a send meets another run: a new transcript, and what was under way is lost with the old one.
    private func loseConversation() {
        conversation += 1
        rows = []
        (current, isRunning) = (nil, false)
    }

    /// As `sessions_list` has it.
    var entry: [String: Any] {
        var entry: [String: Any] = [
            "sessionId": "conversation-\(conversation)", "status": isRunning ? "running" : "done",
        ]
        if !isRunning, let endedAt { entry["endedAt"] = endedAt }
        return entry
    }

    private func runEnded() { (isRunning, endedAt) = (false, Self.now) }

    private static var now: Double { (Date().timeIntervalSince1970 * 1000).rounded() }

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
        (current, isRunning) = (turn, true)
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
            finishTurn()
            if options.persona == .announce { announceSoon() }
            turn.onText(answer, true)
        }
    }

    static let intermediateText = "Let me look that up."

    /// The gateway's follow-up: a moment later one more run in the same session. Every other one has a text of its own; the
    /// rest leaves no row.
    private func announceSoon() {
        let (pause, conversation) = (options.agentTime / 4, conversation)
        announcedAt = loop.now + pause * 3
        announceCount += 1
        let leavesRow = announceCount % 2 == 1
        loop.schedule(after: pause) { [self] in
            guard conversation == self.conversation else { return }
            isRunning = true
            addInput("Agent-to-agent announce step.")
            loop.schedule(after: pause * 2) { [self] in
                guard conversation == self.conversation else { return }
                if leavesRow { add(Self.announceText, stopReason: "stop") }
                runEnded()
            }
        }
    }

    /// Whether a waited send that begins now may be answered with an announce run's text.
    var isNearAnnounce: Bool { announcedAt.map { loop.now - $0 < .seconds(20) } ?? false }

    static let announceText = "I have told everybody about it."

    private func finishTurn() {
        current = nil
        runEnded()
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
        row["timestamp"] = Self.now
        row["__openclaw"] = ["id": "row\(rows.count)", "seq": rows.count]
        rows.append(row)
    }
}
