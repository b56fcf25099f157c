import ClawdTalkAPI

extension Autopilot {
    /// Calls off everything that is not over yet, and skips its steps.
    /// - Returns: the numbers of what was called off.
    /// - Throws: ``RESTFailure`` at the first that the service does not cancel; those before it are called off.
    package func cancelRemaining(_ slug: String) async throws -> [String] {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        let work = RoundWork(slug: slug, run: try begunRun(slug))
        // What may have been scheduled without an answer has to be found first.
        if try record(work).appointments.contains(where: \.isPosted) { try await discover(work) }
        var numbers: [String] = []
        for appointment in try record(work).unsettled {
            if let id = appointment.id {
                do throws(RESTFailure) {
                    try await client.cancelAppointment(id, of: appointment.assistant)
                } catch {
                    guard error.status == 404 || error.status == 410 else { throw error }
                }
            }
            try await settle(appointment, .calledOff, [], work)
            numbers.append(appointment.to)
        }
        return numbers
    }

    func begunRun(_ slug: String) throws -> RunPath {
        let state = try file.read()
        guard let entry = state[slug] else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        guard let run = entry.run else { throw MissionFailure.notStarted(slug: slug) }
        return run
    }
}
