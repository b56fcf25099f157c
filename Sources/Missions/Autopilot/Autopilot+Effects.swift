import ClawdTalkAPI
import Foundation

/// Bringing everything that follows to its place, in order.
extension Autopilot {
    func perform(_ work: RoundWork) async throws {
        while let effect = try record(work).effects.first {
            var status: String?
            do {
                status = try await perform(effect, work)
            } catch let failure as RESTFailure where failure.isFinal {
                // What the service will never take must not hold up the rest.
                ports.log("mission \(work.slug): not taken by the service: \(failure.summary)")
            }
            try done(effect, endedAs: status, work)
        }
    }

    /// - Returns: how the run ended, when the effect was to end it.
    private func perform(_ effect: Effect, _ work: RoundWork) async throws -> String? {
        switch effect {
        case .step(let id, let status): try await setStep(id, status, work)
        case .event(let type, let summary, let step, let payload, let isSent):
            let json = payload.flatMap { JSONValue(parsing: $0) }
            try await log(
                RunEvent(type: type, summary: summary, step: step, payload: json), isSent: isSent, work)
        case .run(let status, let summary, let payload): return try await end(status, summary, payload, work)
        case .cancel(let id, let assistant): try await cancel(id, of: assistant)
        case .memory: break
        case .report: writeReport(work)
        }
        return nil
    }

    /// What somebody has said of a step stays.
    private func setStep(_ id: String, _ status: String, _ work: RoundWork) async throws(RESTFailure) {
        let known = try await plan(work)[id]
        guard known?.isOver != true, status != "in_progress" || known?.status == "pending" else { return }
        work.plan = nil
        try await client.updateStep(work.run, id, status: status)
    }

    /// Marked as sent before it is: after a crash the run's log tells whether it arrived.
    private func log(_ event: RunEvent, isSent: Bool, _ work: RoundWork) async throws {
        if isSent {
            let known = try await client.events(work.run).contains {
                $0["summary"]?.string == event.summary && $0["type"]?.string == event.type
                    && $0["step_id"]?.identifier == event.step
            }
            if known { return }
        } else {
            try edit(work) { record in
                if case .event(let type, let summary, let step, let payload, false)? = record.effects.first {
                    record.effects[0] = .event(
                        type: type, summary: summary, step: step, payload: payload, isSent: true)
                }
            }
        }
        try await client.logEvent(work.run, event)
    }

    /// - Returns: how the run is ended at the service, which somebody else may have done.
    private func end(_ status: String, _ summary: String, _ payload: String?, _ work: RoundWork)
        async throws(RESTFailure)
        -> String
    {
        do throws(RESTFailure) {
            try await client.updateRun(
                work.run,
                .members([
                    "status": .string(status), "result_summary": .string(summary),
                    "result_payload": payload.flatMap { JSONValue(parsing: $0) },
                ]))
            return status
        } catch {
            work.runStatus = nil
            guard error.isFinal, let ended = try await endedStatus(work) else {
                // Not to be taken for done.
                throw error.isFinal ? .unreadable("a refusal to end the run: \(error.explanation)") : error
            }
            return ended
        }
    }

    /// Takes it out of the record, with what it changes in the file itself.
    private func done(_ effect: Effect, endedAs status: String?, _ work: RoundWork) throws {
        let date = ports.clock()
        try edit(work) { record, entry in
            if !record.effects.isEmpty { record.effects.removeFirst() }
            switch effect {
            case .memory(let key, let value):
                entry.save(JSONValue(parsing: value) ?? .null, under: key, at: date)
            case .run(let wanted, let summary, _):
                Self.close(&record, &entry, as: status ?? wanted, summary, at: now)
            default: break
            }
        }
    }

    private func writeReport(_ work: RoundWork) {
        do {
            try ports.writeReport(work.slug, MissionReport(work.slug, try entry(work)).markdown)
        } catch {
            ports.log("mission \(work.slug): its report could not be written: \(error)")
        }
    }
}
