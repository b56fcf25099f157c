import TestSupport
import Testing

@testable import OpenClaw

/// An agent link over a scripted gateway and manual time, with everything it said.
final class AgentLinkFixture {
    let time = ManualTime()
    let gateway: ScriptedGateway
    let link: AgentLink
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
    private(set) var turns: [AgentTurn] = []

    init(chatAgentID: String? = nil) {
        gateway = ScriptedGateway(time: time)
        let box = TokenBox()
        tokenBox = box
        var lastMarker: UInt32 = 0
        link = AgentLink(
            settings: AgentLink.Settings(baseURL: "http://gateway", chatAgentID: chatAgentID), http: gateway,
            time: time,
            tokens: { box.tokens }, isChatEnabled: { box.isChatEnabled },
            makeMarker: {
                lastMarker += 1
                return Marker(lastMarker)
            }, log: { event, detail in box.log.append("\(event) \(detail)") })
    }

    func setTokens(_ tokens: [String]?) { tokenBox.tokens = tokens }

    /// Asks; the updates are collected under the returned number.
    @discardableResult
    func ask(
        _ text: String = "What?", session: String = "agent:main:main", limit: Double = 110,
        adjust: (inout AgentQuestion) -> Void = { _ in }
    ) -> Int {
        let number = updates.count
        updates.append([])
        var question = AgentQuestion(
            sessionKey: session, text: text, timeLimit: .milliseconds(Int(limit * 1000)))
        adjust(&question)
        turns.append(link.ask(question) { [weak self] in self?.updates[number].append($0) })
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
        gateway.script = { $0.tool == "sessions_history" ? .rows(rows()) : send }
    }
}

/// The input row of the turn with this number, counted from 1.
func markedInput(_ number: Int = 1) -> String {
    Row.input("What? [ct:0000000\(number)]", id: "input\(number)")
}
