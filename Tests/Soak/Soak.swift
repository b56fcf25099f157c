import Foundation
import Simulator
import TestSupport
import Transport

/// A day's work of the real program at full speed, against stand-ins in this process: questions, texts, cut lines, over
/// real sockets and files. It ends with 1 when the program has grown, or holds a descriptor or a thread more than before.
/// usage: Soak PROGRAM QUESTIONS RECONNECTS TEXTS
@main
struct Soak {
    private let service: SimulatedService
    private let gateway: SimulatedGateway
    private let home: URL
    private let program: Process
    private var pid: Int32 { program.processIdentifier }

    private static let mostGrowthKiB = 2 * 1024
    /// The bridge gives memory back within half a minute after it had something to do; what looks at the gateway later
    /// takes some of it again, so the lowest moment is what can be compared.
    private static let rest = Duration.seconds(45)
    private static let batch = 40
    private static let patience = Duration.seconds(120)

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let counts = arguments.dropFirst().compactMap { Int($0) }
        guard let program = arguments.first, counts.count == 3 else {
            FileHandle.standardError.write(Data("usage: Soak PROGRAM QUESTIONS RECONNECTS TEXTS\n".utf8))
            exit(64)
        }
        let isGood = try await Soak(program).run(
            questions: counts[0], reconnects: counts[1], texts: counts[2])
        exit(isGood ? 0 : 1)
    }

    private init(_ path: String) async throws {
        let loop = try EventLoop(name: "stand-ins")
        var serviceOptions = SimulatedService.Options()
        serviceOptions.isSecure = false
        service = try await SimulatedService.start(on: loop, options: serviceOptions)
        var gatewayOptions = SimulatedGateway.Options()
        gatewayOptions.agentTime = .zero
        gateway = try await SimulatedGateway.start(on: loop, options: gatewayOptions)
        home = FileManager.default.temporaryDirectory.appending(
            path: "ct soak \(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try JSONSerialization.data(withJSONObject: [
            "api_key": "cc_soak", "server": service.url, "gateway_url": gateway.url,
            "gateway_token": gatewayOptions.token, "reports": ["after_seconds": 0],
        ]).write(to: home.appending(path: "skill-config.json"))
        program = Process()
        program.executableURL = URL(filePath: path)
        program.arguments = ["run"]
        program.environment = ["CLAWDTALK_HOME": home.path, "HOME": home.path]
        program.standardError = FileHandle.nullDevice
    }

    private func run(questions: Int, reconnects: Int, texts: Int) async throws -> Bool {
        defer { try? FileManager.default.removeItem(at: home) }
        try program.run()
        defer {
            program.terminate()
            program.waitUntilExit()
        }
        guard await loggedIn() else { return fail("it did not log in") }
        tell("at the start")
        // What is made once, at the first question, text and reconnect, is not growth.
        guard await ask(Self.batch * 5), await text(Self.batch), await reconnect(3) else { return false }
        guard let before = try await restAndTell("warm, at rest") else { return fail("it ended") }
        guard await ask(questions) else { return false }
        tell("after \(questions) questions")
        guard await text(texts) else { return false }
        tell("after \(texts) texts")
        guard await reconnect(reconnects) else { return false }
        tell("after \(reconnects) reconnects")
        guard let after = try await restAndTell("at rest again") else { return fail("it ended") }
        return judge(before, after)
    }

    private func judge(_ before: ProcessSample, _ after: ProcessSample) -> Bool {
        let growth = after.residentKiB - before.residentKiB
        say("growth \(growth) KiB (at most \(Self.mostGrowthKiB))")
        if growth > Self.mostGrowthKiB { return fail("it grew") }
        if after.descriptors > before.descriptors { return fail("a descriptor was left open") }
        if after.threads > before.threads { return fail("a thread was left") }
        say("nothing was left behind")
        return true
    }

    // MARK: Work

    private func ask(_ count: Int) async -> Bool {
        let round = Self.newRound()
        for start in stride(from: 0, to: count, by: Self.batch) {
            service.journal.forget()
            let ids = (start..<min(start + Self.batch, count)).map { "q\($0)-\(UUID().uuidString)" }
            await service.sendEvents(
                ids.enumerated().map {
                    ("deep_tool_request", Self.question($1, in: "call-\($0 % 20)-\(round)"))
                })
            guard await answered(Set(ids)) else { return fail("a question was not answered") }
        }
        return await endCalls(round)
    }

    /// A call that ended stays ended: each round has calls of its own.
    private static func newRound() -> String { String(UUID().uuidString.prefix(8)) }

    /// Calls do not live for a day.
    private func endCalls(_ round: String) async -> Bool {
        await service.sendEvents(
            (0..<20).map { ("call.ended", ["call_id": "call-\($0)-\(round)", "reason": "user_hangup"]) })
        return true
    }

    private func text(_ count: Int) async -> Bool {
        for start in stride(from: 0, to: count, by: Self.batch) {
            service.journal.forget()
            let numbers = start..<min(start + Self.batch, count)
            await service.sendEvents(
                numbers.map {
                    (
                        "sms.received",
                        [
                            "message_id": UUID().uuidString, "from": "+1555000\(1000 + $0 % 20)",
                            "body": "And number \($0)?",
                        ]
                    )
                })
            let sent = await service.journal.first(
                within: Self.patience,
                in: { entries in
                    let sent = entries.filter { if case .textSent = $0 { true } else { false } }
                    return sent.count >= numbers.count ? sent.last : nil
                })
            guard sent != nil else { return fail("a text was not answered") }
        }
        return true
    }

    /// Each time a question is on its way when the line is cut.
    private func reconnect(_ count: Int) async -> Bool {
        let round = Self.newRound()
        for number in 0..<count {
            service.journal.forget()
            let id = "cut-\(number)-\(UUID().uuidString)"
            await service.sendEvent("deep_tool_request", Self.question(id, in: "call-0-\(round)"))
            await service.cutLine()
            guard await loggedIn() else { return fail("it did not come back") }
            // What was not read before the cut is asked again by the service.
            await service.sendEvent("deep_tool_request", Self.question(id, in: "call-0-\(round)"))
            guard await answered([id]) else { return fail("a question over a cut line was not answered") }
            if number % 100 == 99 { tell("after \(number + 1) reconnects") }
        }
        return await endCalls(round)
    }

    private static func question(_ id: String, in call: String) -> [String: String] {
        ["call_id": call, "request_id": id, "query": "What is the answer to \(id)?"]
    }

    private func loggedIn() async -> Bool {
        await service.journal.first(within: Self.patience) {
            if case .authenticated = $0 { true } else { false }
        } != nil
    }

    private func answered(_ ids: Set<String>) async -> Bool {
        await service.journal.first(
            within: Self.patience,
            in: { entries in
                let done = entries.filter {
                    $0.frame?.type == "deep_tool_result" && ids.contains($0.frame?.request_id ?? "")
                }
                return Set(done.compactMap { $0.frame?.request_id }).count == ids.count ? done.last : nil
            }) != nil
    }

    // MARK: Telling

    @discardableResult
    private func tell(_ moment: String) -> ProcessSample? {
        guard let sample = ProcessSample(pid) else { return nil }
        say("\(moment): \(sample.line)")
        return sample
    }

    /// The lowest sample of a time of rest.
    private func restAndTell(_ moment: String) async throws -> ProcessSample? {
        let end = ContinuousClock.now + Self.rest
        var lowest = ProcessSample(pid)
        while ContinuousClock.now < end {
            // Samples over a time: there is no event to wait for.
            try await Task.sleep(for: .milliseconds(250))
            guard let sample = ProcessSample(pid) else { return nil }
            if sample.residentKiB < lowest?.residentKiB ?? .max { lowest = sample }
        }
        if let lowest { say("\(moment): \(lowest.line)") }
        return lowest
    }

    /// At once, also into a pipe.
    private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    private func fail(_ reason: String) -> Bool {
        say("failed: \(reason)")
        return false
    }
}
