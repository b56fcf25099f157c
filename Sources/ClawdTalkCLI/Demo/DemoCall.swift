import Bridge
import Simulator

/// One call through the real bridge, told as the caller hears it, and checked.
struct DemoCall {
    let scenario: DemoScenario
    let persona: Persona
    private let stage: DemoStage
    private let phrases = Phrases.english

    init(_ scenario: DemoScenario, persona: Persona) async throws {
        (self.scenario, self.persona) = (scenario, persona)
        stage = try await DemoStage(scenario, persona: persona)
    }

    /// Plays the call. - Returns: whether everything went right.
    func play() async throws -> Bool {
        let what = scenario == .call ? "" : ": \(scenario.summary)"
        Console.out(
            "A call over TLS, against the gateway \"\(persona.rawValue)\": \(persona.summary)\(what).\n")
        return try await stage.play {
            switch scenario {
            case .call: await twoQuestions()
            case .longRun: [await asked(DemoScript.first, within: .seconds(30)), !wasSilent()]
            case .lateAnswer: await lateAnswer()
            case .neverMind: await neverMind()
            case .approval: await approval()
            case .approvalByVoice: await approvalByVoice()
            case .transcripts: await transcripts()
            case .textMessage: await textMessage()
            case .callReport: await callReport()
            }
        }
    }

    private func twoQuestions() async -> [Bool] {
        var checks = [await asked(DemoScript.first)]
        guard persona.canAnswer else { return checks }
        await stage.ask(DemoScript.second.id, DemoScript.second.question)
        try? await Task.sleep(for: .milliseconds(1500))
        stage.say("phone", "The line to the service is cut.")
        await stage.service.cutLine()
        checks.append(await stage.expect("a new login") { $0 == .authenticated(number: 2) })
        stage.say("phone", "The bridge is back.")
        checks.append(await stage.hears(DemoScript.second.spoken, as: DemoScript.second.id))
        return checks
    }

    private func asked(_ exchange: DemoScript.Exchange, within limit: Duration = .seconds(13)) async -> Bool {
        await stage.ask(exchange.id, exchange.question)
        let expected = persona.canAnswer ? exchange.spoken : phrases.sentence(for: persona.expectedOutcome)
        return await stage.hears(expected, as: exchange.id, within: limit)
    }

    /// Whether there were too few sentences for a long run.
    private func wasSilent() -> Bool {
        let count = stage.service.journal.entries.compactMap(\.frame).count {
            $0.type == "deep_tool_progress"
        }
        return Double(count) < scenario.agentTime / .seconds(6)
    }

    private func lateAnswer() async -> [Bool] {
        let first = DemoScript.first
        await stage.ask(first.id, first.question)
        return [
            await stage.hears(phrases.timedOut, as: first.id),
            await stage.hearsSpoken("About your earlier question: \(first.spoken)"),
        ]
    }

    private func neverMind() async -> [Bool] {
        await stage.ask(DemoScript.first.id, DemoScript.first.question)
        _ = await stage.expect("something on the way", within: .seconds(6)) {
            $0.frame?.type == "deep_tool_progress"
        }
        await stage.ask("never-mind", "Never mind.")
        return [
            await stage.hears(phrases.stoppedWaiting, as: DemoScript.first.id),
            await stage.hears(phrases.acknowledged, as: "never-mind"), await asked(DemoScript.second),
        ]
    }

    private func approval() async -> [Bool] {
        let checks = [await asked(DemoScript.sensitive)]
        return checks + [stage.gateway.asked.entries.count == 1]
    }

    private func approvalByVoice() async -> [Bool] {
        let request = DemoScript.sensitive
        await stage.ask("first", request.question)
        var checks = [await stage.hears(phrases.approvalBySpeech, as: "first")]
        await stage.ask("no", "Deny.")
        checks.append(await stage.hears(phrases.deniedBySpeech, as: "no"))
        checks.append(stage.gateway.asked.entries.isEmpty)
        await stage.ask("second", request.question)
        checks.append(await stage.hears(phrases.approvalBySpeech, as: "second"))
        await stage.ask("yes", "Approve.")
        checks.append(await stage.hears(request.spoken, as: "yes"))
        return checks
    }

    private func transcripts() async -> [Bool] {
        let words = DemoScript.first.question.split(separator: " ")
        for piece in [words.prefix(2), words.dropFirst(2)] {
            let text = piece.joined(separator: " ")
            stage.say("caller", text)
            await stage.service.sendEvent("transcription", ["call_id": DemoStage.callID, "transcript": text])
        }
        return [await stage.hearsSpoken(DemoScript.first.spoken), stage.gateway.asked.entries.count == 1]
    }

    private func textMessage() async -> [Bool] {
        let question = DemoScript.second.question
        stage.say("text", "+13125550123 writes: \(question)")
        await stage.service.sendEvent(
            "sms.received", ["message_id": "text-1", "from": "+13125550123", "body": question])
        let isSent = await stage.expect("the answer", within: .seconds(10)) {
            $0 == .textSent(.init(to: "+13125550123", message: DemoScript.second.answer))
        }
        if isSent { stage.say("text", "To +13125550123: \(DemoScript.second.answer)") }
        return [isSent, stage.gateway.asked.entries.count == 1]
    }

    private func callReport() async -> [Bool] {
        await stage.service.sendEvent(
            "call.ended",
            [
                "call_id": "outbound-1", "direction": "outbound", "duration_seconds": "75",
                "outcome": "voicemail",
                "to_number": "+13125550123", "purpose": "Move the dentist's appointment",
                "voicemail_message": "Please call back.",
            ])
        stage.say("phone", "A call to +13125550123 has ended with a voicemail.")
        // Nothing is reported while somebody is on the line.
        await stage.hangUp()
        guard let report = await stage.gateway.asked.first(within: .seconds(15), where: { _ in true }) else {
            return [false]
        }
        for line in report.split(separator: "\n") where !line.allSatisfy(\.isWhitespace) {
            stage.say("told", String(line))
        }
        return [report.contains("voicemail") && report.contains("1m 15s")]
    }
}
