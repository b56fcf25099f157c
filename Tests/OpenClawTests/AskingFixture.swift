import Agent
import Ports
import TestSupport
import Testing

@testable import OpenClaw

/// The lanes to an agent at a scripted gateway, by manual time, with everything that was told.
final class AskingFixture {
    let time = ManualTime()
    let gateway: ScriptedGateway
    let agent: OpenClawAgent
    let lanes: Lanes
    var tokens = ["token"]
    private(set) var updates: [[TurnUpdate]] = []
    private var tokenBox: TokenBox

    private final class TokenBox {
        var tokens: [String]? = ["token"]
        var isChatEnabled: Bool?
        var log: [String] = []
    }

    /// What openclaw.json says of the chat endpoint.
    var isChatEnabled: Bool? {
        get { tokenBox.isChatEnabled }
        set { tokenBox.isChatEnabled = newValue }
    }
    private(set) var log: [String] {
        get { tokenBox.log }
        set { tokenBox.log = newValue }
    }
    private(set) var turns: [Turn] = []

    init(chatAgentID: String? = nil, policy: SessionPolicy = .main) {
        gateway = ScriptedGateway(time: time)
        let box = TokenBox()
        tokenBox = box
        var lastMarker: UInt32 = 0
        let agent = OpenClawAgent(
            settings: OpenClawAgent.Settings(
                baseURL: "http://gateway", sessionKey: "agent:main:main", agentID: chatAgentID ?? "main",
                wantsChat: chatAgentID != nil),
            http: gateway, time: time, tokens: { box.tokens }, isChatEnabled: { box.isChatEnabled },
            chance: Randomness(unit: { 0.5 }) {
                lastMarker += 1
                return lastMarker
            }
        ) { event, detail in
            box.log.append("\(event) \(detail)")
        }
        self.agent = agent
        lanes = Lanes(agent, policy: policy, time: time)
    }

    /// Whether a question that comes now would have to wait.
    var isBusy: Bool { lanes.occupation(for: .call("another")) != .free }

    func setTokens(_ tokens: [String]?) { tokenBox.tokens = tokens }

    /// Asks; the updates are collected under the returned number.
    @discardableResult
    func ask(
        _ text: String = "What?", from origin: AgentQuestion.Origin = .call("c1"), limit: Double = 110,
        adjust: (inout AgentQuestion) -> Void = { _ in }
    ) -> Int {
        let number = updates.count
        updates.append([])
        var question = AgentQuestion(origin, text: text, timeLimit: .milliseconds(Int(limit * 1000)))
        adjust(&question)
        turns.append(lanes.ask(question) { [weak self] in self?.updates[number].append($0) })
        return number
    }

    func outcome(_ number: Int = 0) -> TurnOutcome? {
        if case .finished(let outcome) = updates[number].last { outcome } else { nil }
    }

    func progress(_ number: Int = 0) -> [String] {
        updates[number].compactMap { if case .progress(let text) = $0 { text } else { nil } }
    }

    func said(_ number: Int = 0) -> [String] {
        updates[number].compactMap { if case .said(let text) = $0 { text } else { nil } }
    }

    /// Sends get `send`; histories get the rows of the moment.
    func script(send: ScriptedGateway.Answer, rows: @escaping () -> [String]) {
        gateway.script = { call in
            switch call.tool {
            case "sessions_history": .rows(rows())
            case "sessions_list": ScriptedGateway.Answer.notFound
            default: send
            }
        }
    }
}

/// The input row of the turn with this number, counted from 1.
func markedInput(_ number: Int = 1) -> String {
    Row.input("What? [ct:0000000\(number)]", id: "input\(number)")
}
