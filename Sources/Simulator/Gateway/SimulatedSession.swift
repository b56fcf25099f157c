import Foundation
import Transport

/// One session of a stand-in gateway: its history, and an agent that works one turn after another.
final class SimulatedSession {
    private let loop: EventLoop
    private let options: SimulatedGateway.Options
    private let asked: EventJournal<String>
    private(set) var rows: [[String: Any]] = []
    private var queue: [(message: String, completion: (String) -> Void)] = []
    private var isWorking = false

    init(loop: EventLoop, options: SimulatedGateway.Options, asked: EventJournal<String>) {
        (self.loop, self.options, self.asked) = (loop, options, asked)
    }

    /// Hands a message to the agent; `completion` gets its answer.
    func send(_ message: String, completion: @escaping (String) -> Void) {
        queue.append((message, completion))
        workIfIdle()
    }

    private func workIfIdle() {
        guard !isWorking, !queue.isEmpty else { return }
        isWorking = true
        let (message, completion) = queue.removeFirst()
        asked.append(message)
        addInput(message)
        loop.schedule(after: options.agentTime / 3) { [self] in
            add("Let me look that up.", stopReason: "toolUse")
        }
        loop.schedule(after: options.agentTime) { [self] in
            let answer = options.answer(message)
            if options.persona != .noReply { add(answer, stopReason: "stop") }
            if options.persona == .announce { announce() } else { finishTurn() }
            completion(answer)
        }
    }

    /// The gateway's follow-up: one more run in the same session, with a text of its own.
    private func announce() {
        addInput("Agent-to-agent announce step.")
        loop.schedule(after: options.agentTime / 2) { [self] in
            add(Self.announceText, stopReason: "stop")
            finishTurn()
        }
    }

    static let announceText = "I have told everybody about it."

    private func finishTurn() {
        isWorking = false
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
        row["__openclaw"] = ["id": "row\(rows.count)", "seq": rows.count]
        rows.append(row)
    }
}
