import Agent
import ClawdTalkAPI
import Foundation
import Logging
import Missions
import Transport

/// The autopilot inside a running bridge, on the bridge's loop; off it costs nothing.
final class MissionFlight {
    private let settings: CommandSettings
    private let loop: EventLoop
    private let lanes: LoopBound<Lanes>
    private let log: Logger
    /// With the configuration that it was begun with.
    private var flight: (configuration: SkillConfiguration, task: Task<Void, Never>)?

    init(_ settings: CommandSettings, on loop: EventLoop, lanes: Lanes, log: Logger) {
        (self.settings, self.loop, self.log) = (settings, loop, log)
        self.lanes = LoopBound(lanes, on: loop)
    }

    deinit { flight?.task.cancel() }

    /// Begins, begins anew with other settings, or ends. - Parameter configuration: nil ends it.
    func set(_ configuration: SkillConfiguration?) {
        let wanted = configuration.flatMap { $0.fliesMissions ? $0 : nil }
        guard wanted != flight?.configuration else { return }
        flight?.task.cancel()
        if (wanted == nil) != (flight == nil) {
            log.notice(wanted == nil ? "missions are no longer followed" : "missions are followed")
        }
        flight = nil
        guard let wanted else { return }
        let rounds = EndlessRounds(settings: settings, loop: loop, lanes: lanes, log: log)
        flight = (wanted, Task { await rounds.fly() })
    }
}

/// Rounds for all missions, whatever happens.
private struct EndlessRounds: Sendable {
    let settings: CommandSettings
    let loop: EventLoop
    let lanes: LoopBound<Lanes>
    let log: Logger

    /// When they could not be begun.
    private static let pause = Duration.seconds(60)

    func fly() async {
        while !Task.isCancelled {
            do {
                let log = log
                let autopilot = try await Autopilot.make(settings, on: loop, lanes: lanes) {
                    log.notice("\($0)")
                }
                await AutopilotWatch(autopilot).followForEver()
            } catch {
                log.error("missions are not followed: \(error)")
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
