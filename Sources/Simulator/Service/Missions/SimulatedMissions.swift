package import ClawdTalkAPI
package import Foundation
import Synchronization

/// The missions side of the service in memory (shared/spec/rest-api.md 2, 1-29), on a clock from outside: the answers of a
/// ``RecordingService``.
package final class SimulatedMissions: Sendable {
    struct State {
        var lastID = 0
        var missions: [String: JSONValue] = [:]
        var runs: [String: SimulatedRun] = [:]
        var assistants: [String: JSONValue] = [:]
        var calls: [SimulatedCall] = []
        var freePhones = ["ph1": "+15550100001"]
        var tries: [String: Int] = [:]

        mutating func id(_ prefix: String) -> String {
            lastID += 1
            return "\(prefix)\(lastID)"
        }
    }

    let state = Mutex(State())
    let clock: @Sendable () -> Date
    let ending: @Sendable (_ to: String, _ attempt: Int) -> String
    let insight: @Sendable (_ to: String) -> JSONValue

    /// - Parameters:
    ///   - ending: the `call_status` with which the nth call to a number ends.
    ///   - insight: what is found out in a conversation with a number.
    package init(
        clock: @escaping @Sendable () -> Date,
        ending: @escaping @Sendable (String, Int) -> String = { _, _ in "completed" },
        insight: @escaping @Sendable (String) -> JSONValue = { _ in "They said yes." }
    ) {
        (self.clock, self.ending, self.insight) = (clock, ending, insight)
    }

    // MARK: What a test looks at

    package struct Snapshot: Sendable {
        package let runStatus: String
        package let stepStatuses: [String: String]
        /// Type and summary.
        package let events: [(type: String, summary: String)]
        package let agents: [String]
        /// Number, step and time of everything that was ever scheduled, in order.
        package let scheduled: [(to: String, step: String?, at: String)]
    }

    package func snapshot(of run: String) -> Snapshot? {
        state.withLock { state in
            guard let found = state.runs[run] else { return nil }
            let statuses = found.steps.map { ($0["step_id"]?.identifier ?? "", $0["status"]?.string ?? "") }
            return Snapshot(
                runStatus: found.status, stepStatuses: Dictionary(statuses) { $1 },
                events: found.events.map { ($0["type"]?.string ?? "", $0["summary"]?.string ?? "") },
                agents: found.agents,
                scheduled: state.calls.map {
                    (
                        $0.body["to"]?.string ?? "", $0.body["step_id"]?.string,
                        $0.body["scheduled_at"]?.string ?? ""
                    )
                })
        }
    }

    // MARK: Requests

    package func answer(_ request: RecordedRequest) -> RecordedAnswer {
        let target = URLComponents(string: request.target)
        let path = (target?.path ?? "").split(separator: "/").map(String.init).dropFirst()
        let body = JSONValue(parsing: request.body) ?? .empty
        let reply: JSONValue? = state.withLock { state in
            switch path.first {
            case "missions": answerMission(&state, request.method, Array(path.dropFirst()), body)
            case "assistants": answerAssistant(&state, request.method, Array(path.dropFirst()), body)
            case "numbers": answerNumber(&state, request.method, Array(path.dropFirst(2)), body)
            default: nil
            }
        }
        guard let reply else { return .json(404, #"{"error":{"code":"not_found","message":"No."}}"#) }
        return .json(200, reply.compactText)
    }

    private func answerMission(_ state: inout State, _ method: String, _ path: [String], _ body: JSONValue)
        -> JSONValue?
    {
        switch (method, path.count) {
        case ("POST", 0):
            let id = state.id("m")
            state.missions[id] = body
            return .members(["mission": .members(["id": .string(id), "name": body["name"]])])
        case ("GET", 3) where path[0] == "conversations": return insights(state, path[1])
        case ("POST", 2) where state.missions[path[0]] != nil:
            let id = state.id("r")
            state.runs[id] = SimulatedRun(mission: path[0])
            return .members(["data": .members(["run_id": .string(id), "status": "pending"])])
        case (_, 3...): return answerRun(&state, method, path[2], Array(path.dropFirst(3)), body)
        default: return nil
        }
    }

    private func insights(_ state: State, _ conversation: String) -> JSONValue {
        let call = state.calls.first { "conv-\($0.id)" == conversation }
        guard let call, call.hasInsights(at: clock()) else { return .members(["data": .array([])]) }
        let result = insight(call.body["to"]?.string ?? "")
        return .members([
            "data": .array([
                .members([
                    "status": "completed", "conversation_insights": .array([.members(["result": result])]),
                ])
            ])
        ])
    }
}
