import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import Simulator
import Synchronization
import Transport

/// Stand-ins for service and gateway with the real bridge between them, and a voice that tells what is heard.
final class DemoStage: Sendable {
    let service: SimulatedService
    let gateway: SimulatedGateway
    private let bridgeLoop: EventLoop
    private let host: LoopBound<BridgeHost>
    /// Where the bridge keeps what outlives it, for as long as the demo lasts.
    private let home: HomeFolder
    private let start = ContinuousClock.now
    /// How many of the service's entries have been told.
    private let told = Mutex(0)
    private let hasHungUp = Mutex(false)

    static let callID = "demo-call"

    init(_ scenario: DemoScenario, persona: Persona) async throws {
        let standInLoop = try EventLoop(name: "stand-ins")
        bridgeLoop = try EventLoop(name: "clawdtalk")
        var options = SimulatedGateway.Options()
        (options.persona, options.agentTime) = (persona, scenario.agentTime)
        options.downTime = .seconds(2)
        options.answer = DemoScript.answer
        gateway = try await SimulatedGateway.start(on: standInLoop, options: options)
        var serviceOptions = SimulatedService.Options()
        serviceOptions.approvals = scenario.approvals
        service = try await SimulatedService.start(on: standInLoop, options: serviceOptions)
        var configuration = SkillConfiguration(
            apiKey: "cc_demo", socketURL: "wss://127.0.0.1:\(service.port)/ws", gatewayURL: gateway.url,
            gatewayToken: options.token, agentID: "main", ownerName: "Ana")
        configuration.restURL = service.url + "/v1"
        configuration.reportsAfter = .seconds(2)
        if persona.wantsChat { configuration.agentLink = .chat }
        home = HomeFolder(temporary: "clawdtalk-demo-\(UUID().uuidString)")
        try home.create()
        scenario.adjust(&configuration.conversation, for: persona)
        let (settings, loop, pem, token, home) = (
            configuration, bridgeLoop, service.certificatePEM, options.token, home
        )
        host = try await loop.run {
            LoopBound(
                BridgeHost(
                    settings, on: loop, trust: .certificates(pem: pem), tokens: { [token] },
                    home: BridgeHost.KeptHome(folder: home, storage: LoopStorage(on: loop)),
                    log: Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }),
                on: loop)
        }
    }

    /// Plays a call from login to hang-up. - Returns: whether everything went right.
    func play(_ call: () async -> [Bool]) async throws -> Bool {
        let host = host
        try await bridgeLoop.run { host.value.bridge.start() }
        let listening = Task { await listen() }
        var checks = [
            await expect("the bridge logs in") { if case .authenticated = $0 { true } else { false } }
        ]
        if checks[0] {
            say("phone", "The phone rings, the call is taken.")
            await service.sendEvent("context_request", ["call_id": Self.callID])
            await service.sendEvent("call.started", ["call_id": Self.callID, "direction": "inbound"])
            checks.append(await expect("a greeting") { $0.frame?.type == "response" })
            checks += await call()
            await hangUp()
        }
        listening.cancel()
        try await bridgeLoop.run { host.value.bridge.stop {} }
        try? FileManager.default.removeItem(atPath: home.path)
        let isGood = checks.allSatisfy { $0 } && areCountsRight()
        Console.out(isGood ? "\nEverything went right." : "\nSomething went wrong.")
        return isGood
    }

    /// The caller hangs up, unless that is over.
    func hangUp() async {
        let isOver = hasHungUp.withLock { hasHungUp in
            defer { hasHungUp = true }
            return hasHungUp
        }
        guard !isOver else { return }
        say("phone", "The caller hangs up.")
        await service.sendEvent("call.ended", ["call_id": Self.callID, "reason": "user_hangup"])
    }

    /// The service's voice asks for the caller.
    func ask(_ id: String, _ question: String) async {
        say("caller", question)
        await service.sendEvent(
            "deep_tool_request", ["call_id": Self.callID, "request_id": id, "query": question])
    }

    /// Whether the one result of a request is this, or its end where the sentences before it came one by one.
    func hears(_ text: String, as id: String, within limit: Duration = .seconds(13)) async -> Bool {
        let isThere = await expect("the result of \(id)", within: limit) {
            $0.frame?.type == "deep_tool_result" && $0.frame?.request_id == id
        }
        let heard = service.journal.entries.compactMap(\.frame).filter { $0.request_id == id }.compactMap(
            \.text)
        let isRight = isThere && (heard.last == text || heard.joined(separator: " ").hasSuffix(text))
        if isThere, !isRight { say("check", "Expected: \(text)") }
        return isRight
    }

    /// Whether this is said in the call without being asked for by the service.
    func hearsSpoken(_ text: String, within limit: Duration = .seconds(13)) async -> Bool {
        await expect("\"\(text)\"", within: limit) { $0.frame?.type == "response" && $0.frame?.text == text }
    }

    func expect(
        _ what: String, within limit: Duration = .seconds(5),
        _ matches: @escaping @Sendable (ServiceEntry) -> Bool
    ) async -> Bool {
        if await service.journal.first(within: limit, where: matches) != nil { return true }
        say("check", "Missing: \(what).")
        return false
    }

    /// Never a second result; progress is free.
    private func areCountsRight() -> Bool {
        let results = service.journal.entries.compactMap(\.frame).filter { $0.type == "deep_tool_result" }
            .compactMap(\.request_id)
        return Set(results).count == results.count
    }

    /// Tells what the caller hears, as it comes.
    private func listen() async {
        while !Task.isCancelled {
            tellNews()
            let seen = told.withLock { $0 }
            _ = await service.journal.first(
                within: .seconds(1), in: { $0.count > seen ? $0.last : nil })
        }
    }

    private func tellNews() {
        told.withLock { told in
            let entries = service.journal.entries
            for frame in entries[told...].compactMap(\.frame) {
                if let text = frame.text {
                    line(frame.type == "deep_tool_progress" ? "agent …" : "agent", text)
                }
            }
            told = entries.count
        }
    }

    func say(_ who: String, _ text: String) {
        tellNews()
        line(who, text)
    }

    private func line(_ who: String, _ text: String) {
        Console.out(
            "\(Narration.time(since: start))  \(who.padding(toLength: 8, withPad: " ", startingAt: 0))\(text)"
        )
    }
}
