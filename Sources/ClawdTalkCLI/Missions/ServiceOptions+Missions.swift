import Foundation
import Missions
import Transport

extension ServiceOptions {
    func missionDesk() async throws -> MissionDesk {
        MissionDesk(file: MissionsHome.file(settings.home), client: try await client())
    }

    /// - Parameter log: told each event in a line.
    func autopilot(log: @escaping @Sendable (String) -> Void) async throws -> Autopilot {
        try await Autopilot.make(
            settings, on: EventLoop(name: "clawdtalk"), requestTimeout: .seconds(requestTimeout), log: log)
    }
}
