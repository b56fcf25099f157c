import Foundation
import Simulator
import TestSupport

/// One run: a quiet beginning, the blows, the healing, the judgement.
struct ChaosRun {
    private let stage: ChaosStage
    private let plan: ChaosPlan
    private let seconds: Int

    /// For what takes as long as the machine needs.
    private static let patience = BridgeKeeper.patience
    /// A text whose question a gateway lost is looked for during ten minutes, by design.
    private static let textPatience = Duration.seconds(900)
    /// Until idle connections are closed, and the gateway was looked at again.
    private static let rest = Duration.seconds(90)

    init(_ stage: ChaosStage, _ plan: ChaosPlan, seconds: Int) {
        (self.stage, self.plan, self.seconds) = (stage, plan, seconds)
    }

    func run() async throws -> Judgement {
        var judgement = Judgement()
        try await stage.keeper.start()
        if await !isServed() { judgement.complain("the first question was not answered") }
        let before = await stage.keeper.pid.flatMap { ProcessSample($0) }
        try await breakEverything()
        try await stage.heal()
        if await !isServed() { judgement.complain("after the healing no question is answered") }
        await stage.traffic.hangUp()
        if await !restIsDone() { judgement.complain("something was still open at the end of the wait") }
        await judgement.judgeSamples(before, sample(atMost: before))
        if let lie = await lastLie() { judgement.complain("status --json does not tell the truth: \(lie)") }
        await waitForReports()
        await stage.keeper.terminate()
        if try await stage.keeper.command("status").status != 3 {
            judgement.complain("status finds a bridge after its end")
        }
        let evidence = await Evidence(stage)
        judgement.judgeQuestions(evidence)
        judgement.judgeTexts(evidence)
        judgement.judgeReports(evidence)
        judgement.judgeFiles(in: stage.disk.folder)
        judgement.judgeLog(evidence)
        judgement.judgeExits(stage.keeper.exits.entries, evidence.log)
        return judgement
    }

    private func breakEverything() async throws {
        let (stage, plan, seconds) = (stage, plan, seconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await stage.traffic.flow() }
            group.addTask { try await stage.fall(plan.line) { try await stage.strike($0) } }
            group.addTask { try await stage.fall(plan.gateway) { try await stage.strike($0) } }
            group.addTask { try await stage.fall(plan.bridge) { try await stage.strike($0) } }
            try? await Task.sleep(for: .seconds(seconds))
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Whether a question is answered; asked anew at each login, because the line may still be in the aftermath.
    private func isServed() async -> Bool {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            let known = stage.service.journal.entries.count
            if await stage.service.hasClient {
                await stage.traffic.sendLastingAgain()
                let tag = await stage.traffic.ask().tag
                let seen = await stage.service.journal.first(within: Self.patience) { entries in
                    entries.dropFirst(known).first { entry in
                        if case .ended = entry {
                            true
                        } else {
                            entry.frame?.isResult == true && entry.frame?.request_id == tag
                        }
                    }
                }
                if seen?.frame != nil { return true }
            } else {
                _ = await stage.service.journal.first(within: Self.patience) { entries in
                    entries.dropFirst(known).first { if case .authenticated = $0 { true } else { false } }
                }
            }
        }
        return false
    }

    /// Every question that the bridge has is told a result, every text is dealt with.
    private func restIsDone() async -> Bool {
        let evidence = await Evidence(stage)
        let open = Set(
            evidence.questions.filter { question in
                question.hasResult && evidence.received.contains(question.tag)
                    && evidence.results[question.tag] == nil && !evidence.cutShort.contains(question.tag)
                    && !evidence.undelivered.contains(question.tag)
            }.map(\.tag))
        let told = await stage.service.journal.first(
            within: Self.patience,
            in: { entries in
                let told = Set(entries.compactMap(\.frame).filter(\.isResult).compactMap(\.request_id))
                return told.isSuperset(of: open) ? entries.last : nil
            })
        let texts = Set(evidence.questions.filter(\.isText).map(\.tag))
        let ended = await stage.keeper.log.first(
            within: Self.textPatience,
            in: { lines in
                Set(lines.compactMap { LogReading($0.text).textEnded }).isSuperset(of: texts)
                    ? lines.last : nil
            })
        return told != nil && (texts.isEmpty || ended != nil)
    }

    /// A report is taken at once, and reaches the agent when it has time for it.
    private func waitForReports() async {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            let known = stage.gateway.asked.entries.count
            await stage.traffic.tellHangUps()
            let evidence = await Evidence(stage)
            if evidence.untoldReports.count <= evidence.uncertainReports { return }
            _ = await stage.gateway.asked.first(
                within: end - .now, in: { $0.count > known ? $0.last : nil })
        }
    }

    // MARK: Samples of the process from outside: there is no event to wait for.

    /// Connections to the gateway that nobody uses close after a while.
    private func sample(atMost before: ProcessSample?) async -> ProcessSample? {
        guard let before, let pid = await stage.keeper.pid else { return nil }
        let end = ContinuousClock.now + Self.rest
        var sample = ProcessSample(pid)
        while let seen = sample, seen.descriptors > before.descriptors || seen.threads > before.threads,
            ContinuousClock.now < end
        {
            try? await Task.sleep(for: .milliseconds(250))
            sample = ProcessSample(pid)
        }
        return sample
    }

    /// The last thing in which `status --json` is wrong; nil once it is right.
    private func lastLie() async -> String? {
        let end = ContinuousClock.now + Self.rest
        var lie: String?
        repeat {
            let output = try? await stage.keeper.command("status", "--json").output
            guard let output,
                let status = try? JSONDecoder().decode(StatusReading.self, from: Data(output.utf8))
            else { return "it is no JSON" }
            let process = await stage.keeper.count
            let log = stage.keeper.log.entries.filter { $0.process == process }.map { LogReading($0.text) }
            lie = status.lie(pid: await stage.keeper.pid, log: log)
            if lie != nil { try? await Task.sleep(for: .milliseconds(500)) }
        } while lie != nil && ContinuousClock.now < end
        return lie
    }
}
