package import ClawdTalkAPI
package import Foundation

/// The commands that make and end a mission, over the service and the state file (shared/spec/rest-api.md 5).
///
/// Each step is in the file before the next is taken, so that calling again goes on where it stopped.
package struct MissionDesk: Sendable {
    package let file: MissionsFile
    let client: ServiceClient
    let clock: @Sendable () -> Date

    package init(
        file: MissionsFile, client: ServiceClient, clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.file, self.client, self.clock) = (file, client, clock)
    }

    /// A step with the service; its failure is told with the words for it.
    func step<Value>(
        _ deed: String, _ body: () async throws(RESTFailure) -> Value
    ) async throws(MissionFailure) -> Value {
        do throws(RESTFailure) { return try await body() } catch { throw .service(error, deed) }
    }

    /// The same for what changes nothing.
    func reading<Value>(
        _ thing: String, _ body: () async throws(RESTFailure) -> Value
    ) async throws(MissionFailure) -> Value {
        do throws(RESTFailure) { return try await body() } catch { throw .unread(error, thing) }
    }

    /// Moves a mission into the archive, when no round of the autopilot works on it.
    /// - Returns: its name there; nil when there was none.
    @discardableResult
    package func archive(_ slug: String) async throws -> String? {
        let lock = try await file.roundLock()
        defer { withExtendedLifetime(lock) {} }
        return try file.archive(slug, at: clock())
    }

    /// The entry of a slug that must be known, here or in the archive.
    package func entry(_ slug: String) throws -> MissionEntry {
        let state = try file.read()
        guard let entry = try state[slug] ?? file.archive.read()[slug] else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        return entry
    }
}
