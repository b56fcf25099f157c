package import ClawdTalkAPI
import Foundation

extension Autopilot {
    package struct BatchResult: Equatable, Sendable, Encodable {
        package var scheduled = 0
        /// Scheduled by an earlier run of the batch.
        package var known = 0
        /// The service would not take them.
        package var refused = 0
        /// Whether they were scheduled is not known; somebody has to decide.
        package var undecided = 0
        /// When the last one is due, RFC 3339.
        package var last_at: String?
    }

    /// Schedules all rows of a batch that are not scheduled yet.
    ///
    /// All of them are in the state file before the first is asked for, so that calling again goes on where it stopped.
    /// - Parameters:
    ///   - agent: the assistant that calls, and its number.
    ///   - onProgress: how many of how many are dealt with.
    /// - Throws: ``RESTFailure`` when the service cannot be reached: the rest is scheduled by the next call, or by a round.
    package func scheduleBatch(
        _ rows: [BatchRow], of slug: String, agent: (assistant: String, phone: String), pace: BatchPace,
        onProgress: (_ done: Int, _ total: Int) -> Void
    ) async throws -> BatchResult {
        let lock = try await file.roundLock()
        defer { withExtendedLifetime(lock) {} }
        let work = RoundWork(slug: slug, run: try begunRun(slug))
        var result = BatchResult()
        // What may have been scheduled without an answer has to be found first.
        if try record(work).appointments.contains(where: \.isPosted) { try await discover(work) }
        result.known = try add(rows, agent: agent, pace: pace, work)
        let keys = Set(rows.map(\.key))
        let waiting = try record(work).appointments.filter {
            $0.phase == .scheduling && keys.contains($0.row ?? "")
        }
        for (position, appointment) in waiting.enumerated() {
            try await schedule(appointment.key, work)
            onProgress(position + 1, waiting.count)
        }
        let ours = try record(work).appointments.filter { call in waiting.contains { $0.key == call.key } }
        result.scheduled = ours.count { $0.id != nil }
        result.refused = ours.count - result.scheduled
        result.undecided = try record(work).appointments.count {
            $0.outcome == .uncertain && keys.contains($0.row ?? "")
        }
        result.last_at = ours.filter { $0.id != nil }.map(\.scheduledAt).max()
        return result
    }

    /// - Returns: how many rows were there already.
    private func add(
        _ rows: [BatchRow], agent: (assistant: String, phone: String), pace: BatchPace, _ work: RoundWork
    ) throws -> Int {
        let keys = Set(rows.map(\.key))
        return try edit(work) { record in
            // Of these rows, those that the service has not got begin anew.
            record.appointments.removeAll { call in
                let isGiven =
                    call.id != nil || call.isPosted || call.outcome == .uncertain || call.attempt > 1
                return !isGiven && keys.contains(call.row ?? "")
            }
            let known = Set(record.appointments.compactMap(\.row))
            let new = rows.filter { !known.contains($0.key) }
            var slots = BatchSlots(pace)
            for row in new {
                let time = AppointmentTime.text(slots.next(in: record.callingHours(of: row.to)))
                record.appointments.append(
                    Appointment(
                        key: record.nextKey(), id: nil, assistant: agent.assistant, to: row.to,
                        from: agent.phone,
                        scheduledAt: time, text: row.text, step: row.step, attempt: 1, row: row.key,
                        phase: .scheduling))
            }
            return rows.count - new.count
        }
    }
}
