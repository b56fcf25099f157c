import ClawdTalkAPI

extension Autopilot {
    package struct Cancelling: Equatable, Sendable {
        /// Numbers of what was called off.
        package var canceled: [String] = []
        /// Numbers of what goes on: it is under way, or the service would not call it off.
        package var left: [String] = []
    }

    /// Calls off everything that is not over yet, and skips its steps. Conversations that are over keep their insights.
    /// - Throws: ``RESTFailure`` when the service cannot be reached; what was called off before stays so.
    package func cancelRemaining(_ slug: String) async throws -> Cancelling {
        let lock = try await file.roundLock()
        defer { withExtendedLifetime(lock) {} }
        let work = RoundWork(slug: slug, run: try begunRun(slug))
        try await discover(work, always: true)
        var result = Cancelling()
        for appointment in try record(work).unsettled where appointment.phase != .insights {
            if try await callOff(appointment, work) {
                result.canceled.append(appointment.to)
            } else if try record(work)[appointment.key]?.isSettled == false {
                result.left.append(appointment.to)
            }
        }
        try await perform(work)
        return result
    }

    /// - Returns: false when it is over otherwise, or goes on.
    private func callOff(_ appointment: Appointment, _ work: RoundWork) async throws -> Bool {
        if let id = appointment.id {
            do throws(RESTFailure) {
                try await client.cancelAppointment(id, of: appointment.assistant)
            } catch {
                guard error.isOfOneRequest else { throw error }
                if !error.isGone {
                    _ = try? await look(at: appointment, work)
                    return false
                }
            }
        }
        try await settle(appointment, .calledOff, [], work)
        return true
    }

    func begunRun(_ slug: String) throws -> RunPath {
        let state = try file.read()
        guard let entry = state[slug] else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        guard let run = entry.run else { throw MissionFailure.notStarted(slug: slug) }
        return run
    }

    /// Brings what waits to the service, before the mission goes into the archive.
    package func flush(_ slug: String) async throws {
        let lock = try await file.roundLock()
        defer { withExtendedLifetime(lock) {} }
        try await perform(RoundWork(slug: slug, run: try begunRun(slug)))
    }
}
