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
        return try state.slugs.filter { slug in
            guard let entry = state[slug], entry.run != nil else { return false }
            guard entry.isClosed else { return true }
            let record = try entry.autopilot()
            return !record.effects.isEmpty || !record.tidings.isEmpty
        }
    }

    /// One round for one mission. One that is in the archive is finished.
    /// - Throws: ``MissionFailure`` when there is no such mission or run, or another round is under way; ``RESTFailure``
    ///   when the service refuses the key; StorageFailure. Everything else that goes wrong is tried again in a later round.
    package func round(_ slug: String) async throws -> MissionRound {
        if let finished = try await work(on: slug) { return finished }
        // A gateway that is away must not hold up those who wait for the lock.
        try await tellAgent(slug)
        return try result(slug)
    }

    /// - Returns: nil when there may be something to tell.
    private func work(on slug: String) async throws -> MissionRound? {
        guard let lock = try file.tryRoundLock() else { throw MissionFailure.busy }
        defer { withExtendedLifetime(lock) {} }
        guard let entry = try known(slug) else { return MissionRound(isFinished: true, next: ports.clock()) }
        guard let run = entry.run else { throw MissionFailure.notStarted(slug: slug) }
        let work = RoundWork(slug: slug, run: run)
        let record = try corrected(entry.autopilot(), work)
        guard record.pausedUntil <= now else { return nil }
        do {
            if !entry.isClosed {
                try await discover(work)
                try await schedule(work)
                try await look(work)
            }
            try await perform(work)
            if try await close(work) { try await perform(work) }
            if record.pauses > 0 { try edit(work) { $0.pauses = 0 } }
        } catch let failure as RESTFailure {
            guard failure.status != 401 else { throw failure }
            try pause(work, failure)
        }
        return nil
    }

    /// Writes only what a clock that went back makes necessary.
    private func corrected(_ record: AutopilotRecord, _ work: RoundWork) throws -> AutopilotRecord {
        var corrected = record
        corrected.correctTimes(now: now)
        if corrected != record { try edit(work) { $0.correctTimes(now: now) } }
        return corrected
    }

    /// - Returns: nil for a mission that is in the archive.
    private func known(_ slug: String) throws -> MissionEntry? {
        let state = try file.read()
        if let entry = state[slug] { return entry }
        if try file.archive.read()[slug] != nil { return nil }
        throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
    }

    // MARK: Shared by the parts of a round

    var now: Int { Int(ports.clock().timeIntervalSince1970) }

    func record(_ work: RoundWork) throws -> AutopilotRecord { try entry(work).autopilot() }

    /// - Throws: ``MissionFailure/unknown(slug:closest:)`` when the mission is not the same any more.
    func entry(_ work: RoundWork) throws -> MissionEntry {
        guard let entry = try file.read()[work.slug], entry.run == work.run else {
            throw MissionFailure.unknown(slug: work.slug, closest: nil)
        }
        return entry
    }

    /// Changes the entry and its record in one step. - Throws: as ``entry(_:)``.
    @discardableResult
    func edit<Result>(
        _ work: RoundWork, _ change: (inout AutopilotRecord, inout MissionEntry) throws -> Result
    ) throws -> Result {
        try file.update { state in
            guard var entry = state[work.slug], entry.run == work.run else {
                throw MissionFailure.unknown(slug: work.slug, closest: nil)
            }
            var record = try entry.autopilot()
            let result = try change(&record, &entry)
            entry.set(record)
            state[work.slug] = entry
            return result
        }
    }

    @discardableResult
    func edit<Result>(_ work: RoundWork, _ change: (inout AutopilotRecord) throws -> Result) throws -> Result
    {
        try edit(work) { record, _ in try change(&record) }
    }

    private func pause(_ work: RoundWork, _ failure: RESTFailure) throws {
        let seconds = try edit(work) { record in
            let asked = failure.retryAfterSeconds ?? LookPace.pause(afterFailures: record.pauses)
            let seconds = min(asked, LookPace.longestPause)
            record.pausedUntil = now + seconds
            record.pauses += 1
            return seconds
        }
        ports.log("mission \(work.slug): \(failure.summary); the service is asked again in \(seconds) s")
    }

    private func result(_ slug: String) throws -> MissionRound {
        guard let entry = try known(slug) else { return MissionRound(isFinished: true, next: ports.clock()) }
        let record = try entry.autopilot()
        var dates = record.tidings.map(\.nextTry)
        if !record.effects.isEmpty {
            dates.append(max(record.pausedUntil, now + LookPace.pause(afterFailures: 0)))
        }
        if entry.isClosed, dates.isEmpty { return MissionRound(isFinished: true, next: ports.clock()) }
        if !entry.isClosed {
            let looks = record.unsettled.map { $0.phase == .scheduling ? now : $0.nextLook }
            let discovery = record.discoveredAt.map { $0 + Self.discoveryInterval } ?? now
            let idle = record.settledAt.map { $0 + Self.idleSeconds }.flatMap { $0 > now ? $0 : nil }
            dates += (looks + [discovery, idle ?? discovery]).map { max($0, record.pausedUntil) }
        }
        let next = max(dates.min() ?? now, now + 1)
        return MissionRound(isFinished: false, next: Date(timeIntervalSince1970: Double(next)))
    }
}
