import Foundation
import Simulator

/// What was seen in a run, put in order.
struct Evidence: Sendable {
    struct Result: Equatable, Sendable {
        let text: String
        let connection: Int
        /// Of the bridge, from 1: the one that opened the connection.
        let process: Int
    }

    let questions: [Question]
    /// By tag, in the order of arrival.
    private(set) var results: [String: [Result]] = [:]
    /// What is heard before the result, by tag.
    private(set) var progress: [String: [String]] = [:]
    /// What is spoken without being the result of a question.
    private(set) var spoken: [(call: String, text: String, connection: Int)] = []
    /// Text messages that went out.
    private(set) var sent: [ServiceEntry.Text] = []
    /// How often the agent was asked, by tag.
    let asked: [String: Int]
    let log: [BridgeKeeper.LogLine]
    /// Tags of which the bridge says that it has them.
    private(set) var received: Set<String> = []
    /// The last thing that a process says is that it has this: it was killed before anything else.
    private(set) var cutShort: Set<String> = []
    private(set) var undelivered: Set<String> = []
    private(set) var givenUp: Set<String> = []
    private(set) var ended: Set<String> = []

    init(_ stage: ChaosStage) async {
        questions = await stage.traffic.questions
        log = stage.keeper.log.entries
        asked = stage.gateway.asked.entries.flatMap(Question.tags).reduce(into: [:]) {
            $0[$1, default: 0] += 1
        }
        readLog()
        read(stage.service.journal.timedEntries, starts: await stage.keeper.starts)
    }

    private mutating func readLog() {
        var lastReceived: [Int: String] = [:]
        for line in log {
            let reading = LogReading(line.text)
            lastReceived[line.process] = reading.questionReceived
            for tag in [reading.questionReceived, reading.textReceived].compactMap({ $0 }) {
                received.insert(tag)
            }
            reading.undelivered.map { _ = undelivered.insert($0) }
            reading.textGivenUp.map { _ = givenUp.insert($0) }
            reading.textEnded.map { _ = ended.insert($0) }
        }
        cutShort = Set(lastReceived.values)
    }

    private mutating func read(
        _ entries: [(time: ContinuousClock.Instant, entry: ServiceEntry)], starts: [ContinuousClock.Instant]
    ) {
        var processes: [Int: Int] = [:]
        for (time, entry) in entries {
            switch entry {
            case .connected(let number): processes[number] = starts.count { $0 <= time }
            case .textSent(let text): sent.append(text)
            case .message(let frame, let connection) where frame.isResult:
                results[frame.request_id ?? "", default: []].append(
                    Result(text: frame.heard, connection: connection, process: processes[connection] ?? 0))
            case .message(let frame, _) where frame.type == "deep_tool_progress":
                progress[frame.request_id ?? "", default: []].append(frame.heard)
            case .message(let frame, let connection) where frame.type == "response":
                spoken.append((frame.call_id ?? "", frame.heard, connection))
            default: break
            }
        }
    }
}
