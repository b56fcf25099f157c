package import ClawdTalkAPI
import Foundation

extension MissionsFile {
    /// Lets the autopilot know of a call or text that was scheduled just now, when the mission is one of this file's.
    package func follow(_ appointment: NewAppointment, id: String) throws {
        guard let mission = appointment.mission, let run = appointment.run,
            let slug = try read().slug(of: RunPath(mission: mission, run: run))
        else { return }
        let now = Int(clock().timeIntervalSince1970)
        try update(slug) { entry in
            var record = entry.autopilot
            guard !record.appointments.contains(where: { $0.id == id }) else { return }
            record.follow(appointment, id: id, firstLook: nil, now: now)
            entry.autopilot = record
        }
    }
}

extension AutopilotRecord {
    /// - Parameter firstLook: nil looks first a while after its time.
    mutating func follow(_ new: NewAppointment, id: String, firstLook: Int?, now: Int) {
        let step = new.step.flatMap { $0.isEmpty ? nil : $0 }
        var appointment = Appointment(
            key: nextKey(), id: nil, assistant: new.assistant, to: new.to, from: new.from,
            scheduledAt: new.scheduledAt, text: new.text, step: step,
            attempt: 1 + appointments.count { $0.to == new.to && $0.step == step }, phase: .open)
        appointment.took(id, at: now)
        appointment.nextLook = firstLook ?? appointment.nextLook
        appointments.append(appointment)
    }
}
