import Foundation
import Simulator

/// How the blows fall. Each ends with the thing as it was before, except for the processes.
extension ChaosStage {
    /// Lets one sequence of blows fall, until the task is cancelled; what fell already is healed first.
    func fall<Blow>(
        _ plan: [ChaosPlan.Planned<Blow>], _ strike: (Blow) async throws -> Void
    ) async throws {
        for planned in plan {
            await pause(planned.pause)
            guard !Task.isCancelled else { return }
            try await strike(planned.blow)
        }
    }

    /// How long something lasts; the end of the run ends it.
    private func pause(_ time: Duration) async { try? await Task.sleep(for: time) }

    func strike(_ blow: LineBlow) async throws {
        tally.add(blow.name)
        switch blow {
        case .cut(let time):
            await cable.cut()
            await pause(time)
            try await cable.mend()
        case .stall(let time): await stall(time)
        case .stallAndCut(let time):
            await stall(time) { await self.cable.cut() }
            try await cable.mend()
        case .slow(let bytes, let time):
            await cable.limit(to: bytes)
            await pause(time)
            await cable.limit(to: nil)
        case .close(let code): await service.close(code: code)
        case .closeAndCut(let code):
            await service.sendRaw(HostileFrame.close(code))
            await service.cutLine()
        case .closeAmidst(let code): await closeAmidst(code)
        case .restart(let time, let refusal):
            await service.shut()
            await pause(time)
            await service.refuseHandshakes(with: refusal)
            try await service.reopen()
            await pause(time)
            await service.refuseHandshakes(with: nil)
        case .hostile(let frame): await service.sendRaw(frame.bytes)
        }
    }

    private func stall(_ time: Duration, before end: () async -> Void = {}) async {
        await cable.goDead()
        await pause(time)
        await end()
        await cable.revive()
    }

    /// One write: the question in pieces, the close frame, a question behind it.
    private func closeAmidst(_ code: UInt16?) async {
        var bytes: [UInt8] = []
        for isBehind in [false, true] {
            let question = await traffic.make()
            let members = question.members.merging(["type": "event", "event": question.event]) { $1 }
            let text = (try? JSONSerialization.data(withJSONObject: members)).map(Array.init) ?? []
            bytes +=
                isBehind
                ? HostileFrame.frame(0x81, text) : HostileFrame.inPieces(text) + HostileFrame.close(code)
        }
        await service.sendRaw(bytes)
    }

    func strike(_ blow: GatewayBlow) async throws {
        tally.add(blow.name)
        switch blow {
        case .restart(let time, let losesRuns):
            await gateway.shut()
            if losesRuns { await gateway.loseRuns { Question.isOfCaller($0) } }
            await pause(time)
            try await gateway.reopen()
        case .disturbed(let fault, let time):
            await gateway.disturb(fault)
            await pause(time)
            await gateway.disturb(nil)
        }
    }

    func strike(_ blow: BridgeBlow) async throws {
        guard disk.isOwn || !blow.needsDisk else { return }
        tally.add(blow.name)
        switch blow {
        case .kill(let moment, let time):
            await wait(for: moment)
            await keeper.kill()
            await pause(time)
            try await keeper.start()
        case .endOnDeadLine(let isKilled, let time):
            await cable.goDead()
            await pause(time)
            isKilled ? await keeper.kill() : await keeper.terminate()
            await cable.cut()
            await cable.revive()
            try await cable.mend()
            try await keeper.start()
        case .stop(let byCommand): try await restart(byCommand: byCommand)
        case .changedConfiguration:
            try configure(greeting: "Hello, number \(tally.rows.count).")
            await keeper.hangUp()
        case .brokenConfiguration(let time):
            try breakConfiguration()
            await keeper.hangUp()
            await pause(time)
            try configure()
        case .fullDisk(let time):
            disk.fill()
            await pause(time)
            disk.empty()
        case .killOnFullDisk(let time):
            disk.fill()
            await pause(time)
            await keeper.kill()
            disk.empty()
            try await keeper.start()
        }
    }

    private func restart(byCommand: Bool) async throws {
        if byCommand {
            try await keeper.ended { _ = try await keeper.command("stop") }
        } else {
            await keeper.terminate()
        }
        try await keeper.start()
    }

    private func wait(for moment: Moment) async {
        switch moment {
        case .logLines(let count): await more(count, in: keeper.log)
        case .asked(let count): await more(count, in: gateway.asked)
        case .seenByService(let count): await more(count, in: service.journal)
        }
    }

    /// So many more entries, or two seconds without them.
    private func more<Entry>(_ count: Int, in journal: EventJournal<Entry>) async {
        let target = journal.entries.count + count
        _ = await journal.first(within: .seconds(2), in: { $0.count >= target ? $0.last : nil })
    }

    /// Everything as it was, and the bridge runs.
    func heal() async throws {
        try await cable.mend()
        await cable.revive()
        await cable.limit(to: nil)
        await service.refuseHandshakes(with: nil)
        try await service.reopen()
        await gateway.disturb(nil)
        try await gateway.reopen()
        disk.empty()
        try configure()
        if await keeper.pid == nil { try await keeper.start() }
    }
}
