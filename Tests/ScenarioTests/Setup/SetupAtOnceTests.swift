import Foundation
import Simulator
import Testing

@Suite("Many setups at once, and setups that are killed", .enabled(if: BridgeProcess.binary != nil))
struct SetupAtOnceTests {
    private static let old = "// mine\n{\n  gateway: {\n    port: 18789,\n  },\n}\n"
    private static let new =
        "// mine\n{\n  gateway: {\n    port: 18789,\n    tools: {\n      allow: [\"sessions_send\"],\n    },\n  },\n}\n"

    private let home: SetupHome

    init() throws {
        home = try SetupHome()
        try home.write(SetupHome.configuration, Self.old, mode: 0o640)
    }

    private func setUpTwenty(_ flags: [String], home folder: @escaping @Sendable (Int) -> String) async throws
    {
        let home = home
        let runs = try await withThrowingTaskGroup(of: CommandRun.self) { group in
            for number in 1...20 {
                group.addTask {
                    try await home.setUp(flags, environment: ["CLAWDTALK_HOME": folder(number)])
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(runs.allSatisfy { $0.status == 0 }, "\(runs.filter { $0.status != 0 }.map(\.said))")
        #expect(try home.text(SetupHome.configuration) == Self.new)
        #expect(try home.mode(SetupHome.configuration) == 0o640)
        #expect(try home.backups().count == 1)
        #expect(try !home.names().contains { $0.hasSuffix(".tmp") })
    }

    @Test("twenty of one home: one entry, one backup, and uninstall knows of it")
    func oneHome() async throws {
        let folder = home.clawdTalk
        try await setUpTwenty(["--key-in-env"]) { _ in folder }
        #expect(try home.text("claw talk/.env") == "CLAWDTALK_API_KEY=\(SetupHome.key)\n")
        #expect(try await home.run(["uninstall", "--yes"]).status == 0)
        #expect(try home.text(SetupHome.configuration) == Self.old)
    }

    @Test("twenty of twenty homes: one entry, one backup, and one home knows that it is its own")
    func manyHomes() async throws {
        let home = home
        try await setUpTwenty([]) { home.full("home \($0)") }
        let owners = (1...20).filter {
            (try? home.text("home \($0)/.setup.json"))?.contains("sessions_send") == true
        }
        #expect(owners.count == 1)
    }

    /// What setup has said when it is killed; nothing for at once.
    static let moments = ["", "ClawdTalk setup", "This changes", "Wrote ", "Changed "]

    @Test("killed at any moment: the old file or the new one, and the next setup is clean")
    func killed() async throws {
        var seen: Set<String> = []
        for round in 0..<30 {
            let moment = Self.moments[round % Self.moments.count]
            try home.write(SetupHome.configuration, Self.old, mode: 0o640)
            try? FileManager.default.removeItem(atPath: home.clawdTalk)
            let process = try BridgeProcess(
                ["setup", "--offline", "--yes"] + home.keyFlags, home: URL(filePath: home.path),
                environment: ["CLAWDTALK_HOME": home.clawdTalk])
            if !moment.isEmpty {
                #expect(await process.log.first(within: .seconds(40)) { $0.hasPrefix(moment) } != nil)
            }
            process.signal(SIGKILL)
            _ = await process.exit()
            let text = try home.text(SetupHome.configuration)
            #expect(text == Self.old || text == Self.new)
            #expect(moment != "Changed " || text == Self.new)
            #expect(try home.mode(SetupHome.configuration) == 0o640)
            seen.insert(text)
            let run = try await home.setUp()
            #expect(run.status == 0, "\(run.said)")
            #expect(try home.text(SetupHome.configuration) == Self.new)
            #expect(try !home.names().contains { $0.hasSuffix(".tmp") })
            // What was added before the kill is remembered too.
            #expect(try await home.run(["uninstall", "--yes"]).status == 0)
            #expect(try home.text(SetupHome.configuration) == Self.old)
        }
        #expect(seen == [Self.old, Self.new])
    }
}
