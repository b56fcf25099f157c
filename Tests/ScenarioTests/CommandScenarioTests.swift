import Foundation
import Simulator
import Testing

@Suite("Commands and exit statuses of the real program", .enabled(if: BridgeProcess.binary != nil))
struct CommandScenarioTests {
    @Test(
        "configuration mistakes end with 78 and one line",
        arguments: [
            ("{", "skill-config.json"), ("{}", "api_key"),
            (#"{"api_key":"${NOT_SET_ANYWHERE}"}"#, "NOT_SET_ANYWHERE"),
            (#"{"api_key":"cc_1","server":"clawdtalk"}"#, "server"), (#"{"api_key":[]}"#, "api_key"),
        ])
    func configuration(json: String, named: String) async throws {
        let home = try BridgeProcess.makeHome(nil)
        try json.write(to: home.appending(path: "skill-config.json"), atomically: true, encoding: .utf8)
        for command in ["run", "start"] {
            let (status, output) = try await BridgeProcess.run([command], home: home)
            #expect(status == 78 && output.count == 1 && output[0].contains(named), "\(output)")
        }
    }

    @Test(
        "usage mistakes end with 64",
        arguments: [
            ["nonsense"], ["run", "--nonsense"], ["run", "--log-level", "loud"],
            ["demo", "--persona", "nobody"], ["ask"], ["ask", "  "],
            ["ask", "x", "--timeout", "0"],
        ])
    func usage(arguments: [String]) async throws {
        let home = try BridgeProcess.makeHome([:])
        #expect(try await BridgeProcess.run(arguments, home: home).status == 64)
    }

    @Test("a refused key ends with 77")
    func keyRefused() async throws {
        let stage = try await Stage(apiKey: "cc_another")
        let bridge = try stage.run()
        #expect(await bridge.exit() == 77)
        #expect(bridge.log.entries.contains { $0.contains("refuses the API key") })
    }

    @Test("a third takeover ends with 76, after tries at 5 and 10 s")
    func takenOver() async throws {
        let stage = try await Stage()
        let bridge = try stage.run()
        for number in 1...3 {
            #expect(await stage.login(number, within: .seconds(40)))
            await stage.service.close(code: 4000)
        }
        #expect(await bridge.exit() == 76, "\(bridge.log.entries.joined(separator: "\n"))")
    }

    @Test("start, status, a second start, stop")
    func lifeCycle() async throws {
        let stage = try await Stage()
        let (home, environment) = (stage.home, stage.environment)
        func run(_ arguments: String...) async throws -> (status: Int32?, output: [String]) {
            try await BridgeProcess.run(arguments, home: home, environment: environment)
        }
        #expect(try await run("status").status == 3)
        #expect(try await run("start").status == 0)
        let status = try await run("status", "--json")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(status.output.joined().utf8)) as? [String: Any])
        #expect(
            status.status == 0 && report["connected"] as? Bool == true
                && report["state"] as? String == "connected")
        #expect(try await run("start").output == ["already running (process \(report["pid"] ?? 0))"])
        #expect(try await run("run").status == 1)
        await stage.service.shut()
        #expect(
            await stage.service.journal.first(within: .seconds(40)) {
                if case .ended = $0 { true } else { false }
            } != nil)
        #expect(try await run("status").status == 1)
        #expect(try await run("stop").status == 0)
        #expect(try await run("status").status == 3)
        #expect(try await run("stop").output == ["not running"])
        let mode =
            try FileManager.default.attributesOfItem(atPath: home.path + "/.connect.log")[.posixPermissions]
            as? Int
        #expect(mode == 0o600)
    }

    @Test("four starts at once leave one bridge")
    func fourStarts() async throws {
        let stage = try await Stage()
        let (home, environment) = (stage.home, stage.environment)
        let statuses = try await withThrowingTaskGroup(of: Int32?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await BridgeProcess.run(["start"], home: home, environment: environment).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [0, 0, 0, 0])
        #expect(
            stage.service.journal.entries.count { if case .authenticated = $0 { true } else { false } } == 1)
        #expect(try await BridgeProcess.run(["stop"], home: home).status == 0)
    }

    @Test("after kill -9 the next start is clean")
    func killed() async throws {
        let stage = try await Stage()
        let bridge = try stage.run()
        #expect(await stage.login())
        bridge.signal(SIGKILL)
        _ = await bridge.exit()
        #expect(try await BridgeProcess.run(["status"], home: stage.home).status == 3)
        #expect(
            try await BridgeProcess.run(["start"], home: stage.home, environment: stage.environment).status
                == 0)
        #expect(try await BridgeProcess.run(["stop"], home: stage.home).status == 0)
    }

    @Test(
        "a home whose path is too long for a socket: it is in XDG_RUNTIME_DIR, and found by those who have none"
    )
    func longPath() async throws {
        let stage = try await Stage()
        let runtime = try BridgeProcess.makeHome(nil)
        let home = stage.home.appending(path: String(repeating: "long ", count: 30))
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: stage.home.appending(path: "skill-config.json"),
            to: home.appending(path: "skill-config.json"))
        let there = stage.environment.merging(["XDG_RUNTIME_DIR": runtime.path]) { $1 }
        #expect(try await BridgeProcess.run(["start"], home: home, environment: there).status == 0)
        let sockets = try FileManager.default.contentsOfDirectory(atPath: runtime.path)
        #expect(sockets.count == 1)
        let mode =
            try FileManager.default.attributesOfItem(atPath: runtime.path + "/" + (sockets.first ?? ""))[
                .posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try await BridgeProcess.run(["status"], home: home).status == 0)
        #expect(try await BridgeProcess.run(["stop"], home: home).output == ["stopped"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: runtime.path).isEmpty)
    }

    @Test("a lock file that somebody removes is put back, and the bridge is found all the same")
    func removedLock() async throws {
        let stage = try await Stage()
        let clawdtalk = try HomeCommands(stage)
        let lock = stage.home.path + "/.connect.pid"
        #expect(try await clawdtalk("start").status == 0)
        let pid = try await clawdtalk.status().pid
        try FileManager.default.removeItem(atPath: lock)
        #expect(try await clawdtalk("start").output == ["already running (process \(pid ?? 0))"])
        #expect(await clawdtalk.report { _ in FileManager.default.fileExists(atPath: lock) }?.pid == pid)
        #expect(try await clawdtalk("run").status == 1)
        try FileManager.default.removeItem(atPath: lock)
        #expect(try await clawdtalk("stop").output == ["stopped"])
        #expect(try await clawdtalk("status").status == 3)
    }

    @Test("a relative --config is found from another folder by those who start it again")
    func relativeConfig() async throws {
        let stage = try await Stage()
        let other = try BridgeProcess.makeHome(nil)
        try FileManager.default.moveItem(
            at: stage.home.appending(path: "skill-config.json"), to: stage.home.appending(path: "my own.json")
        )
        let clawdtalk = try HomeCommands(stage)
        #expect(try await clawdtalk("start", "--config", "my own.json").status == 0)
        let pid = try #require(try await clawdtalk.status().pid)
        let elsewhere = stage.environment.merging(["CLAWDTALK_HOME": stage.home.path]) { $1 }
        #expect(try await BridgeProcess.run(["restart"], home: other, environment: elsewhere).status == 0)
        let restarted = try #require(try await clawdtalk.status().pid)
        #expect(restarted != pid)
        kill(restarted, SIGKILL)
        #expect(await clawdtalk.report { $0.state == "not running" } != nil)
        #expect(try await BridgeProcess.run(["watchdog"], home: other, environment: elsewhere).status == 0)
        #expect(try await clawdtalk("stop").status == 0)
    }

    @Test("start without a service: 75 after ten seconds, and it goes on trying")
    func notYet() async throws {
        let stage = try await Stage()
        await stage.service.shut()
        #expect(
            try await BridgeProcess.run(["start"], home: stage.home, environment: stage.environment).status
                == 75)
        try await stage.service.reopen()
        #expect(await stage.login(within: .seconds(40)))
        #expect(try await BridgeProcess.run(["stop"], home: stage.home).status == 0)
    }

    @Test("start with a refused key ends with 77 and says why")
    func startRefused() async throws {
        let stage = try await Stage(apiKey: "cc_another")
        let (status, output) = try await BridgeProcess.run(
            ["start"], home: stage.home, environment: stage.environment)
        #expect(status == 77 && output.last?.contains("refuses the API key") == true)
    }

    @Test("ask prints what a caller would hear")
    func ask() async throws {
        let stage = try await Stage(adjust: { $0["api_key"] = nil })
        let (status, output) = try await BridgeProcess.run(["ask", "what", "is", "it?"], home: stage.home)
        #expect(status == 0 && output.last?.hasSuffix("The answer is forty-two.") == true)
        #expect(stage.gateway.asked.entries.first?.contains("what is it?") == true)
        await stage.gateway.shut()
        #expect(try await BridgeProcess.run(["ask", "x", "--timeout", "1"], home: stage.home).status == 69)
    }

    @Test("connect.sh takes its verb from the arguments only, and works on a path with blanks")
    func connectScript() async throws {
        let home = try BridgeProcess.makeHome([:])
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let link = home.appending(path: "a folder")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: root)
        func connect(_ arguments: String...) async throws -> Int32? {
            try await BridgeProcess.run(
                [link.path + "/connect.sh"] + arguments, home: home, environment: ["CMD": "stop"],
                program: "/bin/bash"
            ).status
        }
        #expect(try await connect("status") == 3)
        #expect(try await connect("nonsense") == 64)
        #expect(try await connect() == 64)
        #expect(try await connect("help") == 0)
    }
}
