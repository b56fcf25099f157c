import ClawdTalkAPI
import Foundation

extension SimulatedMissions {
    func answerAssistant(_ state: inout State, _ method: String, _ path: [String], _ body: JSONValue)
        -> JSONValue?
    {
        if method == "POST", path.isEmpty {
            let id = state.id("asst")
            state.assistants[id] = body
            return .members(["assistant": .members(["id": .string(id)])])
        }
        guard let id = path.first, path.count >= 2 else { return nil }
        if path[1] == "connection-id" { return .members(["connection_id": .string("conn-\(id)")]) }
        guard path[1] == "events" else { return nil }
        switch (method, path.count) {
        case ("POST", 2): return schedule(&state, id, body)
        case ("GET", 2):
            return .members([
                "events": .array(state.calls.filter { $0.assistant == id }.map { $0.json(at: clock()) })
            ])
        case ("GET", 3):
            return state.calls.first { $0.id == path[2] }.map { .members(["event": $0.json(at: clock())]) }
        case ("DELETE", 3):
            guard let position = state.calls.firstIndex(where: { $0.id == path[2] }) else { return nil }
            state.calls[position].isCanceled = true
            return .empty
        default: return nil
        }
    }

    private func schedule(_ state: inout State, _ assistant: String, _ body: JSONValue) -> JSONValue? {
        guard let to = body["to"]?.string, let time = body["scheduled_at"]?.string,
            let at = try? Date.ISO8601FormatStyle().parse(time)
        else { return nil }
        state.tries[to, default: 0] += 1
        let call = SimulatedCall(
            id: state.id("ev"), assistant: assistant, body: body, at: at,
            ending: ending(to, state.tries[to] ?? 1))
        state.calls.append(call)
        return .members(["event": call.json(at: clock())])
    }

    /// - Parameter path: below `/numbers/account-phones`.
    func answerNumber(_ state: inout State, _ method: String, _ path: [String], _ body: JSONValue)
        -> JSONValue?
    {
        func phone(_ id: String, _ number: String) -> JSONValue {
            .members(["id": .string(id), "phone_number": .string(number)])
        }
        switch (method, path.first) {
        case ("GET", "available"):
            return .members(["phone": state.freePhones.first.map { phone($0.key, $0.value) } ?? .null])
        case ("GET", nil): return .members(["data": .array(state.freePhones.map { phone($0.key, $0.value) })])
        case ("PATCH", let id?):
            guard let number = state.freePhones.removeValue(forKey: id) else { return nil }
            return .members(["data": phone(id, number)])
        default: return nil
        }
    }
}
