import ClawdTalkAPI
import Foundation
import Missions
import Simulator
import Synchronization
import Transport
import Wire

/// A service with missions over real HTTP, a state file in a folder of its own, and a clock that is set by hand.
final class MissionStage: Sendable {
    let clock = HandClock("2026-11-27T14:00:00Z")
    let missions: SimulatedMissions
    let service: RecordingService
    let teller = RecordingTeller()
    let folder: URL
    let reports = EventJournal<String>()
    let log = EventJournal<String>()
    private let loop: EventLoop

    /// - Parameters:
    ///   - ending: how the nth call to a number ends.
    ///   - fault: what the nth request gets in place of its answer; `.cut`, 504 and 200 after it was done.
    init(
        ending: @escaping @Sendable (String, Int) -> String = { _, _ in "completed" },
        insight: @escaping @Sendable (String) -> JSONValue = { _ in "They said yes." },
        fault: @escaping @Sendable (RecordedRequest, Int) -> RecordedAnswer? = { _, _ in nil }
    ) async throws {
        loop = try EventLoop(name: "missions")
        let missions = SimulatedMissions(clock: { [clock] in clock.now }, ending: ending, insight: insight)
        self.missions = missions
        service = try await RecordingService.start(on: loop) { request, number in
            guard let fault = fault(request, number) else { return missions.answer(request) }
            // These answers say nothing of what was done, and it was.
            switch fault {
            case .cut, .text(504, _, _), .json(200, _, _): _ = missions.answer(request)
            default: break
            }
            return fault
        }
        // Thousands of files are written to the disk by force: in memory, where there is such a file system, it is quick.
        let memory = URL(filePath: "/dev/shm")
        let isThere = FileManager.default.isWritableFile(atPath: memory.path)
        folder = (isThere ? memory : FileManager.default.temporaryDirectory).appending(
            path: "missions \(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        loop.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    var file: MissionsFile {
        MissionsFile(
            path: folder.appending(path: ".missions_state.json").path, clock: { [clock] in clock.now }
        ) { _ in }
    }

    func client() async throws -> ServiceClient {
        ServiceClient(
            rest: ServiceREST(baseURL: service.url + "/v1", apiKey: "key"),
            over: try await LoopTransport(on: loop),
            deadline: .seconds(10), sleep: { _ in })
    }

    func desk() async throws -> MissionDesk {
        MissionDesk(file: file, client: try await client(), clock: { [clock] in clock.now })
    }

    /// A new one each time, as after a restart.
    func autopilot() async throws -> Autopilot {
        Autopilot(
            file: file, client: try await client(),
            ports: Autopilot.Ports(
                clock: { [clock] in clock.now }, draw: { $0.lowerBound }, teller: teller,
                writeReport: { [reports] in reports.append($1) }, log: { [log] in log.append($0) }))
    }

    /// A mission with these steps, an assistant and a number.
    func begin(_ steps: [String], name: String = "Find plumbers") async throws -> RunPath {
        let desk = try await desk()
        let plan = steps.enumerated().map { number, step in
            JSONValue.members([
                "step_id": .string(step), "description": .string("Call \(step)"),
                "sequence": .number("\(number + 1)"),
            ])
        }
        let begun = try await desk.begin(
            MissionDesk.Beginning(
                name: name, instructions: "Ask.", request: "Please ask.", steps: .array(plan)))
        let assistant = NewAssistant(name: "Caller", instructions: "Ask.", greeting: "Hello")
        _ = try await desk.setUpAgent(begun.slug, assistant, mayCreate: false)
        return begun.run
    }

    func schedule(_ to: String, step: String?, in run: RunPath, at: String = "2026-11-27T15:00:00Z")
        async throws
    {
        let entry = try file.read()["find-plumbers"]
        var call = NewAppointment(
            assistant: entry?.assistantID ?? "", to: to, from: entry?.agentPhone ?? "", scheduledAt: at)
        (call.mission, call.run, call.step) = (run.mission, run.run, step)
        _ = try await client().schedule(call)
    }

    /// Changes what the autopilot keeps.
    func adjust(_ change: (inout AutopilotRecord) -> Void) throws {
        try file.update("find-plumbers") { entry in
            var record = try entry.autopilot()
            change(&record)
            entry.set(record)
        }
    }

    var record: AutopilotRecord {
        get throws { try file.read()["find-plumbers"]?.autopilot() ?? AutopilotRecord() }
    }

    /// Rounds at the times that they ask for, until the mission is finished or `limit` rounds are over.
    /// - Returns: whether it is finished.
    func fly(rounds limit: Int = 2_000, restart: (Int) -> Bool = { _ in false }) async throws -> Bool {
        var autopilot = try await autopilot()
        for number in 1...limit {
            let round = try await autopilot.round("find-plumbers")
            if round.isFinished { return true }
            clock.set(max(round.next, clock.now))
            if restart(number) { autopilot = try await self.autopilot() }
        }
        return false
    }
}

private struct LoopTransport: RESTTransport {
    private let session: HTTPClient

    init(on loop: EventLoop) async throws {
        session = try await HTTPClient(on: loop) { () throws(TransportFailure) in
            try TLSContext(trusting: .system)
        }
    }

    func response(to request: HTTPRequest, deadline: Duration) async throws(RESTTransportFailure)
        -> HTTPResponse
    {
        do {
            return try await session.response(to: request, deadline: deadline)
        } catch {
            let failure = error as? HTTPFailure
            throw RESTTransportFailure(
                reason: failure?.cause.summary ?? "\(error)", mayHaveArrived: failure?.mayHaveArrived ?? true)
        }
    }
}
