import ClawdTalkAPI
package import Foundation

/// Makes the rounds of the autopilot when they are due.
package struct AutopilotWatch: Sendable {
    private let autopilot: Autopilot
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Seconds after which the state file is looked at again, in case another program added something. Such a look asks
    /// nothing of the service.
    private static let longestSleep = 60.0
    /// When another process makes a round just now.
    private static let pauseWhenBusy = 5.0

    package init(
        _ autopilot: Autopilot,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        (self.autopilot, self.sleep) = (autopilot, sleep)
    }

    /// Until the mission is finished, or without a slug all missions are.
    /// - Throws: what ``Autopilot/round(_:)`` throws, and what the sleep throws.
    package func follow(_ slug: String?) async throws {
        while let due = try await round(slug.map { [$0] } ?? autopilot.missions(), isNamed: slug != nil) {
            try await sleep(.seconds(due))
        }
    }

    /// All missions, also such as come later, until the task is cancelled.
    package func followForEver() async {
        while !Task.isCancelled {
            var pause = Self.longestSleep
            do {
                pause = try await round(try autopilot.missions(), isNamed: false) ?? pause
            } catch {
                autopilot.ports.log("missions: \((error as? RESTFailure)?.summary ?? "\(error)")")
                pause = Double(Autopilot.discoveryInterval)
            }
            try? await sleep(.seconds(pause))
        }
    }

    /// One round each.
    /// - Parameter isNamed: what goes wrong with a mission that was named ends it all.
    /// - Returns: seconds until the next; nil when all are finished.
    private func round(_ slugs: [String], isNamed: Bool) async throws -> Double? {
        var next: Date?
        for slug in slugs {
            do {
                let round = try await autopilot.round(slug)
                if !round.isFinished { next = min(next ?? round.next, round.next) }
            } catch MissionFailure.busy {
                let retry = autopilot.ports.clock().addingTimeInterval(Self.pauseWhenBusy)
                next = min(next ?? retry, retry)
            } catch let failure as MissionFailure where !isNamed {
                autopilot.ports.log("mission \(slug): \(failure)")
            }
        }
        return next.map { min(max($0.timeIntervalSince(autopilot.ports.clock()), 1), Self.longestSleep) }
    }
}
