package import ClawdTalkAPI
package import Foundation
import Storage

/// Follows the scheduled calls and texts of missions to their end, round by round.
///
/// A round looks at what is due, writes down what it learns before it acts on it, and says when the next one is due: who
/// calls it, and how long he waits, is not its business. It may be killed at any point and called again.
package struct Autopilot: Sendable {
    package let file: MissionsFile
    let client: ServiceClient
    let ports: Ports

    /// What comes from outside.
    package struct Ports: Sendable {
        let clock: @Sendable () -> Date
        let draw: @Sendable (ClosedRange<Int>) -> Int
        let teller: any MissionTeller
        let writeReport: @Sendable (_ slug: String, _ markdown: String) throws -> Void
        let log: @Sendable (String) -> Void

        /// - Parameters:
        ///   - draw: a number from a range, by chance.
        ///   - writeReport: keeps a mission's report.
        ///   - log: an event in a line, without names and numbers of people.
        package init(
            clock: @escaping @Sendable () -> Date, draw: @escaping @Sendable (ClosedRange<Int>) -> Int,
            teller: any MissionTeller, writeReport: @escaping @Sendable (String, String) throws -> Void,
            log: @escaping @Sendable (String) -> Void
        ) {
            (self.clock, self.draw, self.teller) = (clock, draw, teller)
            (self.writeReport, self.log) = (writeReport, log)
        }
    }

    package init(file: MissionsFile, client: ServiceClient, ports: Ports) {
        (self.file, self.client, self.ports) = (file, client, ports)
    }

    /// Seconds between looks at the whole list of an assistant's appointments.
    static let discoveryInterval = 900

    /// The missions that a round has something to do for: those with a run that is not closed, or not told of.
    package func missions() throws -> [String] {
        let state = try file.read()
        return state.slugs.filter { slug in
            guard let entry = state[slug], entry.run != nil else { return false }
            return !entry.isClosed || !entry.autopilot.effects.isEmpty
        }
    }

    /// One round for one mission.
    /// - Throws: ``MissionFailure`` when there is no such mission or run, ``RESTFailure`` when the service refuses the
    ///   key, StorageFault. Everything else that goes wrong is tried again in a later round.
    package func round(_ slug: String) async throws -> MissionRound {
        let state = try file.read()
        guard let entry = state[slug] else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        guard let run = entry.run else { throw MissionFailure.notStarted(slug: slug) }
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        guard entry.autopilot.pausedUntil <= now else { return try result(slug) }
        let work = RoundWork(slug: slug, run: run)
        do {
            if !entry.isClosed {
                try await discover(work)
                try await schedule(work)
                try await look(work)
            }
            try await perform(work)
            if try await close(work) { try await perform(work) }
            if try record(work).pauses > 0 { try edit(work) { $0.pauses = 0 } }
        } catch let failure as RESTFailure {
            guard failure.status != 401 else { throw failure }
            try pause(work, failure)
        }
        return try result(slug)
    }

    /// One round at a time, whoever makes it. - Throws: ``MissionFailure/busy``.
    func lock() throws -> FileLock {
        guard let lock = try FileLock(trying: file.path + ".autopilot.lock") else {
            throw MissionFailure.busy
        }
        return lock
    }

    // MARK: Shared by the parts of a round

    var now: Int { Int(ports.clock().timeIntervalSince1970) }

    func record(_ work: RoundWork) throws -> AutopilotRecord {
        try file.read()[work.slug]?.autopilot ?? AutopilotRecord()
    }

    @discardableResult
    func edit<Result>(_ work: RoundWork, _ change: (inout AutopilotRecord) throws -> Result) throws -> Result
    {
        try file.update(work.slug) { entry in
            var record = entry.autopilot
            let result = try change(&record)
            entry.autopilot = record
            return result
        }
    }

    /// The plan as it is in this round.
    func plan(_ work: RoundWork) async throws(RESTFailure) -> MissionPlan {
        if let plan = work.plan { return plan }
        let plan = MissionPlan(try await client.plan(work.run))
        work.plan = plan
        return plan
    }

    private func pause(_ work: RoundWork, _ failure: RESTFailure) throws {
        let seconds = try edit(work) { record in
            let seconds = failure.retryAfterSeconds ?? LookPace.pause(afterFailures: record.pauses)
            record.pausedUntil = now + seconds
            record.pauses += 1
            return seconds
        }
        ports.log("mission \(work.slug): \(failure.summary); the service is asked again in \(seconds) s")
    }

    private func result(_ slug: String) throws -> MissionRound {
        let entry = try file.read()[slug] ?? MissionEntry()
        let record = entry.autopilot
        guard !entry.isClosed || !record.effects.isEmpty else {
            return MissionRound(isFinished: true, next: ports.clock())
        }
        let looks = record.unsettled.map { $0.phase == .scheduling ? now : $0.nextLook }
        let discovery = record.discoveredAt.map { $0 + Self.discoveryInterval } ?? now
        let effects = record.effects.isEmpty ? discovery : now + LookPace.pause(afterFailures: 0)
        let next = max(record.pausedUntil, min(looks.min() ?? discovery, discovery, effects), now + 1)
        return MissionRound(isFinished: false, next: Date(timeIntervalSince1970: Double(next)))
    }
}
