import Agent
import Ports
import TestSupport

@testable import OpenClaw

/// What happened at a bridge and its gateway in four minutes, made from a seed: several callers, texts, reports, other
/// channels, troubles, restarts.
final class AskingStory {
    /// One question, over all processes that dealt with it.
    final class Entry {
        let number: Int
        let origin: AgentQuestion.Origin
        let askedAt: Duration
        let limit: Duration
        let lateLimit: Duration
        var receipt: Receipt?
        /// By process.
        var updates: [Int: [TurnUpdate]] = [:]
        var sentAt: Duration?
        weak var turn: Turn?
        /// In which it was asked last.
        var process = 0
        /// What became of it is looked up first, outside the lane.
        var isLookedUp = false

        init(
            _ number: Int, _ origin: AgentQuestion.Origin, at time: Duration, limit: Duration,
            lateLimit: Duration
        ) {
            (self.number, self.origin, askedAt) = (number, origin, time)
            (self.limit, self.lateLimit) = (limit, lateLimit)
        }

        var texts: [String] {
            updates.values.joined().compactMap {
                switch $0 {
                case .progress(let text), .said(let text), .finished(.reply(let text)): text
                default: nil
                }
            }
        }

        func finished(in process: Int) -> Int {
            updates[process, default: []].count { if case .finished = $0 { true } else { false } }
        }

        var outcome: TurnOutcome? {
            for list in updates.values { if case .finished(let outcome) = list.last { return outcome } }
            return nil
        }

        var rank: Int {
            switch origin {
            case .call: 0
            case .text: 1
            case .report: 2
            }
        }
    }

    let time = ManualTime()
    let gateway: ModelGateway
    let isStormy: Bool
    var entries: [Entry] = []
    private(set) var log: [String] = []
    private(set) var faults: [String] = []
    private(set) var process = 0
    private var random: SeededGenerator
    private var connection: ModelConnection
    private var lanes: Lanes
    private(set) var agent: WatchedAgent
    private var lastReceipt: UInt32 = 0
    private var knownToken = "token"
    let policy: SessionPolicy
    private let wantsChat: Bool
    private(set) var weakTurns: [WeakTurn] = []

    struct WeakTurn { weak var turn: Turn? }

    static let length = Duration.seconds(240)

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        _ = random.next()
        let persona = ModelGateway.Persona.allCases.randomElement(using: &random) ?? .announcing
        gateway = ModelGateway(time: time, persona: persona, seed: seed &+ 99)
        isStormy = Bool.random(using: &random)
        policy = Bool.random(using: &random) ? .main : .call
        wantsChat = Int.random(in: 0..<4, using: &random) == 0
        gateway.hasChat = wantsChat && Bool.random(using: &random)
        gateway.listsSessions = Int.random(in: 0..<3, using: &random) > 0
        connection = ModelConnection(gateway)
        agent = Self.makeAgent(connection, time, chat: wantsChat) { 0 }
        lanes = Lanes(agent, policy: policy, time: time)
        log = [
            "seed \(seed): \(persona), stormy \(isStormy), \(policy), chat \(wantsChat) \(gateway.hasChat),"
                + " lists \(gateway.listsSessions)"
        ]
        gateway.onEvent = { [unowned self] in note($0) }
        startProcess()
    }

    private static func makeAgent(
        _ connection: ModelConnection, _ time: ManualTime, chat: Bool, token: @escaping () -> String = { "" },
        word: @escaping () -> UInt32
    ) -> WatchedAgent {
        WatchedAgent(
            OpenClawAgent(
                settings: OpenClawAgent.Settings(
                    baseURL: "http://gateway", sessionKey: "agent:main:main", agentID: "main", wantsChat: chat
                ),
                http: connection, time: time, tokens: { [token()] },
                chance: Randomness(unit: { 0.5 }, word: word),
                log: { _, _ in }))
    }

    private func startProcess() {
        process += 1
        connection = ModelConnection(gateway)
        agent = Self.makeAgent(connection, time, chat: wantsChat, token: { [unowned self] in knownToken }) {
            [unowned self] in
            lastReceipt += 1
            return lastReceipt
        }
        lanes = Lanes(agent, policy: policy, time: time)
    }

    func note(_ text: String) { log.append("\(time.now / .milliseconds(1)) \(text)") }
    func fault(_ text: String) {
        note("FAULT \(text)")
        faults.append(text)
    }

    private func seconds(_ range: ClosedRange<Double>) -> Duration {
        .milliseconds(Int(Double.random(in: range, using: &random) * 1000))
    }

    private func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

    // MARK: The plot

    func play() {
        if isStormy { planTroubles() }
        for number in 1...Int.random(in: 5...12, using: &random) {
            time.schedule(after: seconds(0...200)) { [weak self] in self?.ask(number) }
        }
        // Several at once.
        if chance(0.5) {
            let moment = seconds(0...200)
            for number in 30..<34 {
                time.schedule(after: moment + seconds(0...2)) { [weak self] in self?.ask(number) }
            }
        }
        for number in 0..<Int.random(in: 0...10, using: &random) {
            time.schedule(after: seconds(0...200)) { [weak self] in
                self?.note("foreign message \(number)")
                self?.gateway.foreignMessage(in: "agent:main:main", number: number)
            }
        }
        if isStormy, chance(0.4) {
            for _ in 0..<2 { time.schedule(after: seconds(20...200)) { [weak self] in self?.restart() } }
        }
        if isStormy, chance(0.3) {
            time.schedule(after: seconds(20...200)) { [weak self] in self?.changeToken() }
        }
        time.advance(Self.length)
        note("all troubles are over")
        time.advance(.seconds(1_200))
        checkEnds()
        askLast()
    }

    /// The gateway has another token, which we know a little later.
    private func changeToken() {
        note("another token")
        gateway.token = "another"
        time.schedule(after: seconds(0...20)) { [self] in
            knownToken = "another"
            note("the token is known")
            agent.settingsChanged()
        }
    }

    private func planTroubles() {
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            let trouble = ModelGateway.Trouble.allCases.randomElement(using: &random) ?? .away
            // Without a history nothing tells an older reply of such a gateway from ours.
            if gateway.persona == .early, trouble != .cutsCalls { continue }
            let start = seconds(0...200)
            let phase = ModelGateway.Phase(times: start..<(start + seconds(1...60)), trouble: trouble)
            gateway.phases.append(phase)
            note("\(trouble) from \(phase.times.lowerBound) to \(phase.times.upperBound)")
        }
    }

    private func ask(_ number: Int) {
        let draw = Double.random(in: 0..<1, using: &random)
        let origin: AgentQuestion.Origin =
            draw < 0.55 ? .call("c\(number % 3)") : draw < 0.8 ? .text(sender: "t\(number % 2)") : .report
        var limit = seconds(20...110)
        var lateLimit = chance(0.5) ? Duration.seconds(300) : .zero
        switch origin {
        case .call: break
        case .text: (limit, lateLimit) = (.seconds(300), .seconds(300))
        case .report: (limit, lateLimit) = (.seconds(120), .zero)
        }
        let entry = Entry(number, origin, at: time.now, limit: limit, lateLimit: lateLimit)
        entries.append(entry)
        note("Q\(number) is asked by \(origin), limit \(limit), late \(lateLimit)")
        ask(entry, earlier: nil)
        guard case .call = origin, chance(0.25) else { return }
        time.schedule(after: seconds(0...30)) { [weak self, weak entry] in
            guard let turn = entry?.turn, entry?.outcome == nil else { return }
            self?.note("Q\(number) is cancelled")
            turn.cancel()
        }
    }

    func ask(_ entry: Entry, earlier: EarlierAsking?) {
        var question = AgentQuestion(entry.origin, text: "Q\(entry.number)", timeLimit: entry.limit)
        question.lateLimit = entry.lateLimit
        question.earlier = earlier
        if case .report = entry.origin { question.wantsReply = false }
        if case .call = entry.origin {} else { question.mayStream = false }
        let process = process
        (entry.process, entry.isLookedUp) = (process, earlier != nil)
        let turn = lanes.ask(question, writingDown: writeDown(entry)) { [weak self, weak entry] update in
            guard let self, let entry, self.process == process else { return }
            took(update, entry)
        }
        entry.turn = turn
        weakTurns.append(WeakTurn(turn: turn))
    }

    private func writeDown(_ entry: Entry) -> WriteDown? {
        guard case .text = entry.origin else { return nil }
        return { [weak self] receipt, completion in
            self?.time.schedule(after: .milliseconds(20)) {
                entry.receipt = receipt
                completion(true)
            }
        }
    }

    private func took(_ update: TurnUpdate, _ entry: Entry) {
        note("Q\(entry.number) \(update)")
        if entry.finished(in: process) > 0 { fault("Q\(entry.number): \(update) after its end") }
        entry.updates[process, default: []].append(update)
        guard update == .sending else { return }
        entry.sentAt = entry.sentAt ?? time.now
        for other in entries where other.rank < entry.rank && isWaiting(other, longerThan: .seconds(1)) {
            let sameSession = policy.session(for: other.origin) == policy.session(for: entry.origin)
            if sameSession { fault("Q\(entry.number) is asked before Q\(other.number), which goes first") }
        }
    }

    private func isWaiting(_ entry: Entry, longerThan duration: Duration) -> Bool {
        entry.process == process && !entry.isLookedUp && entry.sentAt == nil && entry.outcome == nil
            && entry.askedAt <= time.now - duration
    }

    /// The process ends at once, and another one takes up what was written down.
    private func restart() {
        note("restart")
        connection.die()
        let open = entries.filter { entry in
            guard case .text = entry.origin else { return false }
            return entry.finished(in: process) == 0 && entry.outcome == nil
        }
        startProcess()
        for entry in open {
            let earlier = entry.receipt.map { EarlierAsking(receipt: $0, since: since(entry)) }
            note("Q\(entry.number) is taken up")
            ask(entry, earlier: earlier)
        }
    }

    private func since(_ entry: Entry) -> Int { 1_000_000 + Int(entry.askedAt / .seconds(1)) }
}
