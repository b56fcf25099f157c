import ClawdTalkAPI
import Foundation

/// Finding the mission's calls and texts at the service, whoever scheduled them.
extension Autopilot {
    func discover(_ work: RoundWork) async throws {
        let record = try record(work)
        let isUncertain = record.appointments.contains { $0.phase == .scheduling && $0.isPosted }
        let age = now - (record.discoveredAt ?? 0)
        guard isUncertain || age >= Self.discoveryInterval else { return }
        let own = try file.read()[work.slug]?.assistantID
        let assistants = Set(record.appointments.map(\.assistant) + (own.map { [$0] } ?? []))
        for assistant in assistants.sorted() { try await discover(work, of: assistant) }
        try edit(work) { $0.discoveredAt = now }
    }

    private func discover(_ work: RoundWork, of assistant: String) async throws {
        var canTell = true
        let record = try record(work)
        let known = Set(record.strangers + record.appointments.compactMap(\.id))
        for item in try await client.appointments(of: assistant) {
            guard let id = item["id"]?.identifier, !known.contains(id) else { continue }
            let full =
                item["to"] != nil && item["run_id"] != nil
                ? item : try await client.appointment(id, of: assistant)
            canTell = try adopt(full, id, of: assistant, work) && canTell
        }
        try settleUncertain(work, of: assistant, canTell: canTell)
    }

    /// - Returns: false when the service does not say enough of it to tell it from others.
    private func adopt(_ item: JSONValue, _ id: String, of assistant: String, _ work: RoundWork) throws
        -> Bool
    {
        let isOurs = item["run_id"]?.identifier == work.run.run
        guard isOurs, let to = item["to"]?.string, let at = item["scheduled_at"]?.string else {
            let isComplete = item["run_id"] != nil && item["to"] != nil && item["scheduled_at"] != nil
            if isComplete { try edit(work) { $0.strangers.append(id) } }
            return isComplete
        }
        try edit(work) { record in
            if let intent = record.appointments.first(where: { $0.isIntent(to: to, at: at, of: assistant) }) {
                record[intent.key]?.took(id, at: now)
                return
            }
            var new = NewAppointment(
                assistant: assistant, to: to, from: item["from"]?.string ?? "", scheduledAt: at)
            new.step = item["step_id"]?.identifier
            if item["channel"]?.string == "sms" { new.text = item["text_body"]?.string ?? "" }
            record.follow(new, id: id, firstLook: now, now: now)
        }
        return true
    }

    /// What was asked for and is not in the list was not scheduled.
    private func settleUncertain(_ work: RoundWork, of assistant: String, canTell: Bool) throws {
        try edit(work) { record in
            for appointment in record.appointments
            where appointment.assistant == assistant && appointment.phase == .scheduling
                && appointment.isPosted
            {
                if canTell {
                    record[appointment.key]?.isPosted = false
                } else {
                    record[appointment.key]?.phase = .settled
                    record[appointment.key]?.outcome = .uncertain
                    record.effects += Self.undecided(appointment, .uncertain, at: now)
                }
            }
        }
    }
}

extension Appointment {
    /// Whether an appointment at the service is the one that was asked for here.
    fileprivate func isIntent(to number: String, at time: String, of assistant: String) -> Bool {
        guard phase == .scheduling, isPosted, to == number, self.assistant == assistant else { return false }
        return scheduledAt == time || AppointmentTime.seconds(scheduledAt) == AppointmentTime.seconds(time)
    }

    /// The service has it, under this id.
    mutating func took(_ id: String, at now: Int) {
        self.id = id
        isPosted = false
        phase = .open
        nextLook = max(now, (AppointmentTime.seconds(scheduledAt) ?? now) + LookPace.firstAfterItsTime)
    }
}
