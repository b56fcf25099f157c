import Foundation
import Logging
import Missions
import Transport

/// The autopilot inside a running bridge, on the bridge's loop; off it costs nothing.
final class MissionFlight {
    private let settings: CommandSettings
    private let loop: EventLoop
    private let log: Logger
    private var task: Task<Void, Never>?

    init(_ settings: CommandSettings, on loop: EventLoop, log: Logger) {
        (self.settings, self.loop, self.log) = (settings, loop, log)
    }

    deinit { task?.cancel() }

    func set(_ isWanted: Bool) {
        guard isWanted != (task != nil) else { return }
        log.notice(isWanted ? "missions are followed" : "missions are no longer followed")
        task?.cancel()
        task = isWanted ? fly() : nil
    }

    private func fly() -> Task<Void, Never> {
        Task { [settings, loop, log] in
            do {
                let autopilot = try await Autopilot.make(settings, on: loop) { log.notice("\($0)") }
                await AutopilotWatch(autopilot).followForEver()
            } catch {
                log.error("missions are not followed: \(error)")
            }
        }
    }
}
