import ClawdTalkAPI
import Foundation

/// Bringing everything that is to be told to its place, in order.
extension Autopilot {
    func perform(_ work: RoundWork) async throws {
        while let effect = try record(work).effects.first {
            do throws(RESTFailure) {
                guard try await perform(effect, work) else { return }
            } catch {
                // What the service will never take must not hold up the rest.
                guard Self.isFinal(error) else { throw error }
                ports.log("mission \(work.slug): not taken by the service: \(error.summary)")
            }
            try done(effect, work)
        }
    }

    private static func isFinal(_ failure: RESTFailure) -> Bool {
        failure.status.map { (400...499).contains($0) && ![401, 408, 425, 429].contains($0) } ?? false
    }

    /// - Returns: false when it is to be tried again in a later round.
    private func perform(_ effect: Effect, _ work: RoundWork) async throws(RESTFailure) -> Bool {
        switch effect {
        case .step(let id, let status):
            // What somebody has said of a step stays.
            let known = try await plan(work)[id]
            guard known?.isOver != true, status != "in_progress" || known?.status == "pending" else {
                return true
            }
            work.plan = nil
            try await client.updateStep(work.run, id, status: status)
        case .event(let type, let summary, let step, let payload):
            let json = payload.flatMap { JSONValue(parsing: $0) }
            try await client.logEvent(
                work.run, RunEvent(type: type, summary: summary, step: step, payload: json))
        case .run(let status, let summary, let payload):
            try await client.updateRun(
                work.run,
                .members([
                    "status": .string(status), "result_summary": .string(summary),
                    "result_payload": payload.flatMap { JSONValue(parsing: $0) },
                ]))
        case .memory: break
        case .report: return writeReport(work)
        case .tell(let text, let since, let isSent):
            return await tell(text, since: since, isSent: isSent, effect, work)
        }
        return true
    }

    /// Takes it out of the record, with what it changes in the file itself.
    private func done(_ effect: Effect, _ work: RoundWork) throws {
        let now = ports.clock()
        try file.update(work.slug) { entry in
            var record = entry.autopilot
            if !record.effects.isEmpty { record.effects.removeFirst() }
            entry.autopilot = record
            switch effect {
            case .memory(let key, let value):
                entry.save(JSONValue(parsing: value) ?? .null, under: key, at: now)
            case .run(let status, _, _): entry.status = status
            default: break
            }
        }
    }

    private func writeReport(_ work: RoundWork) -> Bool {
        do {
            let entry = try file.read()[work.slug] ?? MissionEntry()
            try ports.writeReport(work.slug, MissionReport(work.slug, entry).markdown)
        } catch {
            ports.log("mission \(work.slug): its report could not be written: \(error)")
        }
        return true
    }

    /// Marked as sent before it is: after a crash the session's history tells whether it arrived.
    private func tell(_ text: String, since: Int, isSent: Bool, _ effect: Effect, _ work: RoundWork) async
        -> Bool
    {
        let message = "[Mission \(work.slug)] \(text)"
        if !isSent {
            let isMarked: ()? = try? edit(work) { record in
                guard record.effects.first == effect else { return }
                record.effects[0] = .tell(text: text, since: since, isSent: true)
            }
            guard isMarked != nil else { return false }
        }
        let number = (message + "\(since)").utf8.reduce(UInt32(2_166_136_261)) {
            ($0 ^ UInt32($1)) &* 16_777_619
        }
        return await ports.teller.tell(message, number: number, mayBeKnown: isSent ? since : nil)
    }
}
