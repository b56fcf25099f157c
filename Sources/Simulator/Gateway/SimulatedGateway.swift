import Foundation
package import Transport
import Wire

/// A stand-in for an OpenClaw gateway with one persona, over real HTTP.
package final class SimulatedGateway: Sendable {
    package struct Options: Sendable {
        package var persona = Persona.waited
        package var token = "demo-token"
        /// From the question to the agent's answer.
        package var agentTime = Duration.seconds(3)
        /// How long `restarting` refuses connections.
        package var downTime = Duration.seconds(3)
        /// What the agent answers.
        package var answer: @Sendable (_ message: String) -> String = { _ in "The answer is forty-two." }

        package init() {}
    }

    private let loop: EventLoop
    private let floor: LoopBound<GatewayFloor>
    package let port: Int
    /// Messages that reached the agent, in order.
    package let asked: EventJournal<String>
    /// Tools that were called, in order.
    package let calls: EventJournal<String>
    /// The sessions of these calls.
    package let sessions: EventJournal<String>

    private init(
        loop: EventLoop, floor: LoopBound<GatewayFloor>, port: Int, journals: GatewayFloor.Journals
    ) {
        (self.loop, self.floor, self.port) = (loop, floor, port)
        (asked, calls, sessions) = (journals.asked, journals.calls, journals.sessions)
    }

    /// What is still connected is let go: a descriptor without an owner would keep its loop awake for ever.
    deinit {
        let floor = floor
        loop.execute { floor.value.shut() }
    }

    package static func start(on loop: EventLoop, options: Options = Options()) async throws
        -> SimulatedGateway
    {
        let journals = GatewayFloor.Journals()
        let (floor, port) = try await loop.run {
            let floor = GatewayFloor(loop: loop, options: options, journals: journals)
            let port = try floor.start()
            return (LoopBound(floor, on: loop), port)
        }
        return SimulatedGateway(loop: loop, floor: floor, port: port, journals: journals)
    }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// Refuses connections and forgets who was waiting, as in a restart.
    package func shut() async { await perform { $0.shut() } }

    /// Whatever of these the agent works on, or is about to, comes to nothing, and the history does not say so.
    package func loseRuns(where isLost: @escaping @Sendable (_ message: String) -> Bool) async {
        await perform { $0.loseRuns(where: isLost) }
    }

    package func reopen() async throws {
        let (floor, port) = (floor, port)
        _ = try await loop.run { if !floor.value.isListening { _ = try floor.value.listen(port: port) } }
    }

    /// From now on this goes wrong with every call; nil for nothing.
    package func disturb(_ fault: GatewayFault?) async { await perform { $0.fault = fault } }

    private func perform(_ action: @escaping @Sendable (GatewayFloor) -> Void) async {
        let floor = floor
        try? await loop.run { action(floor.value) }
    }
}
