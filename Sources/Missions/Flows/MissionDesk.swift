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

    /// The entry of a slug that must be known.
    package func entry(_ slug: String) throws -> MissionEntry {
        let state = try file.read()
        guard let entry = state[slug] else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        return entry
    }
}
