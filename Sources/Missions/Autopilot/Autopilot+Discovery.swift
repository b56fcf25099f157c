import ClawdTalkAPI
import Foundation

/// Finding the mission's calls and texts at the service, whoever scheduled them.
extension Autopilot {
    /// - Parameter isDue: also when the list was looked at a short while ago.
    func discover(_ work: RoundWork, always isDue: Bool = false) async throws {
        let record = try record(work)
        let isUncertain = record.appointments.contains { $0.phase == .scheduling && $0.isPosted }
        guard isDue || isUncertain || now - (record.discoveredAt ?? 0) >= Self.discoveryInterval else {
            return
        }
        let own = try entry(work).assistantID
        let assistants = Set(record.appointments.map(\.assistant) + (own.map { [$0] } ?? []))
        for assistant in assistants.sorted() { try await discover(work, of: assistant) }
        try edit(work) { $0.discoveredAt = now }
    }

    private func discover(_ work: RoundWork, of assistant: String) async throws {
        var canTell = true
        let record = try record(work)
        let known = Set(record.strangers + record.appointments.compactMap(\.id))
        for item in try await list(of: assistant, work) ?? [] {
            guard let id = item["id"]?.identifier, !known.contains(id) else { continue }
            let isWhole = item["to"] != nil && item["run_id"] != nil
            let full = isWhole ? item : try await client.appointment(id, of: assistant)
            canTell = try adopt(full, id, of: assistant, work) && canTell
        }
        try settleUncertain(work, of: assistant, canTell: canTell)
    }

    /// - Returns: nil when the assistant is gone.
    private func list(of assistant: String, _ work: RoundWork) async throws(RESTFailure) -> [JSONValue]? {
        do throws(RESTFailure) {
            return try await client.appointments(of: assistant)
        } catch {
            guard error.isFinal else { throw error }
            ports.log("mission \(work.slug): an assistant's list cannot be read: \(error.summary)")
            return nil
        }
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
        let open = try record(work).appointments
            .filter { $0.assistant == assistant && $0.phase == .scheduling && $0.isPosted }
        guard !open.isEmpty else { return }
        try edit(work) { record in
            for appointment in open {
                if canTell {
                    record[appointment.key]?.isPosted = false
                } else {
                    record[appointment.key] = appointment.settled(.uncertain)
                    record.tell(Self.question(about: appointment, .uncertain), at: now)
                }
            }
        }
    }
}

extension Appointment {
    /// Whether an appointment at the service is the one that was asked for here.
    fileprivate func isIntent(to number: String, at time: String, of assistant: String) -> Bool {
        // The service may write numbers its own way.
        let isSame = to.filter(\.isNumber) == number.filter(\.isNumber)
        guard phase == .scheduling, isPosted, isSame, self.assistant == assistant else { return false }
        return scheduledAt == time || due == AppointmentTime.seconds(time)
    }
}
