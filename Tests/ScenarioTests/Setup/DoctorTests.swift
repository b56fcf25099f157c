import Foundation
import Simulator
import Testing

@Suite("doctor against the stand-ins", .enabled(if: BridgeProcess.binary != nil))
struct DoctorTests {
    private static let key = "cc_test_0123456789"

    private struct Report: Decodable {
        struct Row: Decodable {
            let id: String
            let state: String
            let detail: String
            let cure: String?
        }
        let healthy: Bool
        let rows: [Row]

        /// Rows of one name can be several: the worst one counts.
        subscript(id: String) -> String {
            let states = rows.filter { $0.id == id }.map(\.state)
            return ["failed", "warning", "skipped", "ok"].first(where: states.contains) ?? "none"
        }
    }

    private func write(_ text: String?, for stage: Stage) throws {
        guard let text else { return }
        let folder = stage.home.appending(path: ".openclaw")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.replacing("PORT", with: "\(stage.gateway.port)").write(
            to: folder.appending(path: "openclaw.json"), atomically: true, encoding: .utf8)
    }

    private func doctor(_ arguments: [String] = [], on stage: Stage) async throws -> (
        run: CommandRun, report: Report
    ) {
        let words = [BridgeProcess.binary ?? "clawdtalk", "doctor"] + arguments
        let environment = BridgeProcess.environment(stage.home, stage.environment)
        let table = try await CommandRun.run(words, environment: environment)
        let json = try await CommandRun.run(words + ["--json"], environment: environment)
        let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
        #expect(table.output.contains("configuration") && !table.said.contains(Self.key))
        // Another client on this machine is a row of its own, and may come and go.
        #expect(report.healthy == !report.rows.contains { $0.state == "failed" })
        #expect(json.status == (report.healthy ? 0 : 1))
        #expect(report.rows.allSatisfy { ($0.state == "failed") ? $0.cure != nil : true })
        return (table, report)
    }

    @Test("each row, when its cause is made", arguments: DoctorRow.all)
    func rows(row: DoctorRow) async throws {
        let stage = try await Stage(
            persona: row.persona, apiKey: row.apiKey, clockOffset: row.clockOffset,
            adjust: { config in
                config["api_key"] = Self.key
                config.merge(row.config) { $1 }
            })
        try write(row.openClaw, for: stage)
        try FileManager.default.setAttributes(
            [.posixPermissions: row.mode],
            ofItemAtPath: stage.home.appending(path: "skill-config.json").path)
        if row.isServiceDown { await stage.service.shut() }
        if row.isGatewayDown { await stage.gateway.shut() }
        let (run, report) = try await doctor(row.arguments, on: stage)
        for (id, state) in DoctorRow.well.merging(row.rows, uniquingKeysWith: { $1 }) {
            #expect(report[id] == state, "\(id)\n\(run.said)")
        }
        #expect(row.says.isEmpty || run.output.contains(row.says), "\(run.said)")
        #expect(!run.output.contains("Optional("))
    }

    @Test("a running bridge is asked, and remembered")
    func bridge() async throws {
        let stage = try await Stage(adjust: { $0["api_key"] = Self.key })
        try write(DoctorRow.good, for: stage)
        let bridge = try stage.run()
        #expect(await stage.login())
        let connected = try await doctor(on: stage)
        for id in ["bridge", "service", "key", "token", "sessions_send"] {
            #expect(connected.report[id] == "ok", "\(connected.run.said)")
        }
        #expect(connected.run.output.contains("not known until the first call"))
        #expect(
            stage.service.journal.entries.count { if case .connected = $0 { true } else { false } } == 1)
        await stage.ask("r1")
        #expect(await stage.result("r1") != nil)
        #expect(try await doctor(on: stage).report.rows.first { $0.id == "form" }?.detail == "waited")
        await stage.service.shut()
        #expect(await bridge.log.first(within: .seconds(40)) { $0.contains("next_try_ms") } != nil)
        let cut = try await doctor(on: stage)
        #expect(cut.report["bridge"] == "failed" && cut.report["service"] == "failed", "\(cut.run.said)")
        bridge.signal(SIGTERM)
        #expect(await bridge.exit() == 0)
        let gone = try await doctor(on: stage)
        #expect(gone.report["bridge"] == "warning")
        #expect(gone.report.rows.first { $0.id == "form" }?.detail == "waited")
    }

    // MARK: another client

    /// A shell that is called `node` and plays `ws-client.js`: it says that it is up, and waits.
    private func makeNodeClient(in folder: URL) throws -> (program: String, script: String) {
        let (program, script) = (folder.path + "/node", folder.path + "/ws-client.js")
        try FileManager.default.createSymbolicLink(atPath: program, withDestinationPath: "/bin/sh")
        for name in ["up", "never"] { #expect(mkfifo(folder.path + "/" + name, 0o600) == 0) }
        try "echo up > '\(folder.path)/up'; read line < '\(folder.path)/never'\n".write(
            toFile: script, atomically: true, encoding: .utf8)
        return (program, script)
    }

    @Test("a Node client that runs is found")
    func otherClient() async throws {
        let stage = try await Stage(adjust: { $0["api_key"] = Self.key })
        try write(DoctorRow.good, for: stage)
        let node = try makeNodeClient(in: stage.home)
        let client = try BridgeProcess([node.script], home: stage.home, program: node.program)
        let up = try await CommandRun.run(["cat", stage.home.path + "/up"])
        #expect(up.output == "up\n")
        let (run, report) = try await doctor(on: stage)
        #expect(report["other client"] == "failed" && run.status == 1)
        // Somebody else's may be named in its place.
        let row = try #require(report.rows.first { $0.id == "other client" })
        #expect(row.detail.contains("ws-client.js") && row.cure?.hasPrefix("Stop it: kill ") == true)
        let home = try SetupHome()
        let setup = try await home.setUp(["--no-patch-gateway"])
        #expect(setup.status == 0 && setup.output.contains(node.script), "\(setup.said)")
        #expect(await client.exit(within: .milliseconds(1)) == nil)
    }

    #if os(Linux)
        @Test("--stop-other-client stops it", .enabled(if: geteuid() == 0 && SetupHome.python != nil))
        func stopped() async throws {
            let home = try SetupHome()
            try home.write(SetupHome.configuration, "{gateway: {}}")
            let node = try makeNodeClient(in: URL(filePath: home.path))
            // unshare(1) leaves SIGTERM blocked.
            let unblock =
                "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); "
                + "os.execvp(sys.argv[1], sys.argv[1:])"
            // In a process space of its own, so that no real client is stopped.
            let script = """
                "\(node.program)" "\(node.script)" & read up < "\(home.path)/up"; "$@"; status=$?
                kill -9 $! 2>/dev/null; wait $!; echo "ended by $?"; exit $status
                """
            let run = try await home.run(
                ["setup", "--offline", "--yes", "--stop-other-client"] + home.keyFlags,
                program: [
                    "unshare", "--pid", "--fork", "--mount-proc", try #require(SetupHome.python), "-c",
                    unblock, "sh",
                    "-c", script, "sh",
                ])
            guard !run.errors.hasPrefix("unshare") else { return }
            #expect(run.status == 0 && run.output.contains("Stopped the Node client"), "\(run.said)")
            #expect(run.output.contains("ended by \(128 + SIGTERM)"), "\(run.said)")
        }
    #endif
}
