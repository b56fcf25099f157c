package import ClawdTalkAPI
import Foundation

extension MissionsFile {
    /// Lets the autopilot know of a call or text that was scheduled just now, when the mission is one of this file's.
    package func follow(_ appointment: NewAppointment, id: String) throws {
        guard let mission = appointment.mission, let run = appointment.run else { return }
        let now = Int(clock().timeIntervalSince1970)
        try update { state in
            guard let slug = state.slug(of: RunPath(mission: mission, run: run)), var entry = state[slug]
            else { return }
            var record = try entry.autopilot()
            guard !record.appointments.contains(where: { $0.id == id }) else { return }
            record.follow(appointment, id: id, firstLook: nil, now: now)
            entry.set(record)
            state[slug] = entry
        }
    }
}

extension AutopilotRecord {
    /// - Parameter firstLook: nil looks first a while after its time.
    mutating func follow(_ new: NewAppointment, id: String, firstLook: Int?, now: Int) {
        var appointment = Appointment(
            key: nextKey(), id: nil, assistant: new.assistant, to: new.to, from: new.from,
            scheduledAt: new.scheduledAt, text: new.text, step: new.step.flatMap { $0.isEmpty ? nil : $0 },
            attempt: 1, phase: .open)
        appointment.took(id, at: now)
        appointment.nextLook = firstLook ?? appointment.nextLook
        appointments.append(appointment)
    }
}
