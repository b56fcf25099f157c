import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import OpenClaw
import Simulator
import Synchronization
import Transport

/// One call through the real bridge, told as the caller hears it, and checked.
final class DemoCall: Sendable {
    private let persona: Persona
    private let service: SimulatedService
    private let gateway: SimulatedGateway
    private let bridgeLoop: EventLoop
    private let host: LoopBound<BridgeHost>
    private let start = ContinuousClock.now
    /// How many of the service's entries have been told.
    private let told = Mutex(0)

    private static let callID = "demo-call"

    init(persona: Persona) async throws {
        self.persona = persona
        let standInLoop = try EventLoop(name: "stand-ins")
        bridgeLoop = try EventLoop(name: "clawdtalk")
        var options = SimulatedGateway.Options()
        options.persona = persona
        options.agentTime = .milliseconds(3600)
        options.downTime = .seconds(2)
        options.answer = DemoScript.answer
        gateway = try await SimulatedGateway.start(on: standInLoop, options: options)
        service = try await SimulatedService.start(on: standInLoop)
        let configuration = {
            var configuration = SkillConfiguration(
                apiKey: "cc_demo", socketURL: "wss://127.0.0.1:\($0.port)/ws", gatewayURL: $1.url,
                gatewayToken: options.token, agentID: "main", ownerName: "Ana")
            if persona.wantsChat { configuration.agentLink = .chat }
            return configuration
        }(service, gateway)
        let (loop, pem, token) = (bridgeLoop, service.certificatePEM, options.token)
        host = try await loop.run {
            let host = BridgeHost(
                configuration, on: loop, trust: .certificates(pem: pem), tokens: { [token] },
                log: Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
            ) { settings in
                settings.replyTimeLimit = .seconds(persona.canAnswer ? 12 : 6)
                settings.progress.firstAfter = .seconds(2)
                settings.progress.every = .seconds(3)
            }
            return LoopBound(host, on: loop)
        }
    }

    /// Plays the call. - Returns: whether everything went right.
    func play() async throws -> Bool {
        Console.out("A call over TLS, against the gateway \"\(persona.rawValue)\": \(persona.summary).\n")
        let host = host
        try await bridgeLoop.run { host.value.bridge.start() }
        let listening = Task { await listen() }
        var checks = [
            await expect("the bridge logs in") { if case .authenticated = $0 { true } else { false } }
        ]
        if checks[0] { checks += await call() }
        listening.cancel()
        try await bridgeLoop.run { host.value.bridge.stop {} }
        let isGood = checks.allSatisfy { $0 } && areCountsRight()
        Console.out(isGood ? "\nEverything went right." : "\nSomething went wrong.")
        return isGood
    }

    private func call() async -> [Bool] {
        say("phone", "The phone rings, the call is taken.")
        await service.sendEvent("context_request", ["call_id": Self.callID])
        await service.sendEvent("call.started", ["call_id": Self.callID, "direction": "inbound"])
        var checks = [await expect("a greeting") { $0.frame?.type == "response" }]
        checks.append(await ask(DemoScript.first, cuttingAfter: nil))
        if persona.canAnswer {
            checks.append(await ask(DemoScript.second, cuttingAfter: .milliseconds(1500)))
        }
        say("phone", "The caller hangs up.")
        await service.sendEvent("call.ended", ["call_id": Self.callID, "reason": "user_hangup"])
        return checks
    }

    /// Asks and waits for the one result; with a cut, the line goes dead in between.
    private func ask(_ exchange: DemoScript.Exchange, cuttingAfter delay: Duration?) async -> Bool {
        say("caller", exchange.question)
        await service.sendEvent(
            "deep_tool_request",
            ["call_id": Self.callID, "request_id": exchange.id, "query": exchange.question])
        if let delay {
            try? await Task.sleep(for: delay)
            say("phone", "The line to the service is cut.")
            await service.cutLine()
            guard await expect("a new login", { $0 == .authenticated(number: 2) }) else { return false }
            say("phone", "The bridge is back.")
        }
        let expected = persona.canAnswer ? exchange.spoken : Phrases.sentence(for: persona.expectedOutcome)
        let isRight = await expect("the result of \(exchange.id)", within: .seconds(13)) {
            $0.frame?.type == "deep_tool_result" && $0.frame?.request_id == exchange.id
        }
        let heard = service.journal.entries.compactMap(\.frame).filter { $0.request_id == exchange.id }
            .compactMap(\.text)
        // By chat the sentences before the last come one by one.
        let text = persona.wantsChat ? heard.joined(separator: " ") : heard.last
        let isExpected = text?.hasSuffix(expected) == true && (persona.wantsChat || text == expected)
        if isRight, !isExpected { say("check", "Expected: \(expected)") }
        return isRight && isExpected
    }

    private func expect(
        _ what: String, within limit: Duration = .seconds(5),
        _ matches: @escaping @Sendable (ServiceEntry) -> Bool
    ) async -> Bool {
        if await service.journal.first(within: limit, where: matches) != nil { return true }
        say("check", "Missing: \(what).")
        return false
    }

    /// One greeting, one result a request; progress is free.
    private func areCountsRight() -> Bool {
        let frames = service.journal.entries.compactMap(\.frame)
        let results = frames.filter { $0.type == "deep_tool_result" }.compactMap(\.request_id)
        return frames.count { $0.type == "response" } == 1 && Set(results).count == results.count
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

    private func say(_ who: String, _ text: String) {
        tellNews()
        line(who, text)
    }

    private func line(_ who: String, _ text: String) {
        Console.out(
            "\(Narration.time(since: start))  \(who.padding(toLength: 8, withPad: " ", startingAt: 0))\(text)"
        )
    }
}
