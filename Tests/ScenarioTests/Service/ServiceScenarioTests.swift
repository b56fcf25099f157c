import Foundation
import Simulator
import TestSupport
import Testing

#if os(Linux)
    @Suite(
        "The bridge as a service, with a stand-in for systemctl", .enabled(if: BridgeProcess.binary != nil))
    struct ServiceScenarioTests {
        /// A home in which `systemctl` notes what it is asked; what it is to fail at is in a file of that name.
        private final class Machine: Sendable {
            let home: URL
            var unit: String { home.path + "/.config/systemd/user/clawdtalk.service" }

            init(config: [String: Any]? = ["api_key": "cc_test"]) throws {
                home = try BridgeProcess.makeHome(config)
                try write(
                    "bin/systemctl",
                    """
                    #!/bin/bash
                    printf '%s\\n' "${*:2}" >>"$HOME/asked"
                    [[ $2 != show || $3 != --property=ExecMainStatus ]] || echo 77
                    [[ ! -e $HOME/fails-$2 ]]
                    """)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: home.path + "/bin/systemctl")
            }

            deinit { try? FileManager.default.removeItem(at: home) }

            func write(_ name: String, _ text: String) throws {
                let url = home.appending(path: name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: url, atomically: true, encoding: .utf8)
            }

            /// What systemctl was asked since the last look.
            func asked() throws -> [String] {
                let path = home.path + "/asked"
                let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
                try? FileManager.default.removeItem(atPath: path)
                return text.split(separator: "\n").map(String.init)
            }

            func run(_ arguments: String..., path: String? = nil) async throws -> CommandRun {
                let folders = path ?? home.path + "/bin:/usr/bin:/bin"
                return try await CommandRun.run(
                    [BridgeProcess.binary ?? "clawdtalk"] + arguments,
                    environment: BridgeProcess.environment(home, ["PATH": folders]))
            }

            var hasUnit: Bool { FileManager.default.fileExists(atPath: unit) }
        }

        @Test("installed, again, and removed, again")
        func lifeCycle() async throws {
            let machine = try Machine()
            try machine.write("fails-is-active", "")
            #expect(try await machine.run("service", "install").status == 0)
            #expect(
                try machine.asked() == [
                    "show --property=Version", "daemon-reload", "enable clawdtalk.service",
                    "start clawdtalk.service",
                ])
            #expect(
                try String(contentsOfFile: machine.unit, encoding: .utf8)
                    == (try await machine.run("service", "print", "--systemd").output))
            try FileManager.default.removeItem(atPath: machine.home.path + "/fails-is-active")
            let again = try await machine.run("service", "install")
            #expect(again.status == 0 && again.output.contains("is installed and runs"))
            #expect(
                try machine.asked() == ["show --property=Version", "is-active --quiet clawdtalk.service"])
            #expect(try await machine.run("service", "remove").status == 0 && !machine.hasUnit)
            #expect(try machine.asked().contains("disable --now clawdtalk.service"))
            let none = try await machine.run("service", "remove")
            #expect(none.status == 0 && none.output == "No service is installed.\n")
        }

        @Test("after remove no watchdog starts a bridge; when it fails, nothing has changed")
        func removed() async throws {
            let machine = try Machine()
            #expect(try await machine.run("service", "install").status == 0)
            _ = try await machine.run("start")
            let record = machine.home.path + "/.connect.json"
            func isWanted() throws -> Bool {
                try String(contentsOfFile: record, encoding: .utf8).contains("\"wanted\" : true")
            }
            try machine.write("fails-disable", "")
            #expect(try await machine.run("service", "remove").status == 1)
            #expect(try isWanted() && machine.hasUnit)
            try FileManager.default.removeItem(atPath: machine.home.path + "/fails-disable")
            #expect(try await machine.run("service", "remove").status == 0)
            #expect(try !isWanted())
            let watchdog = try await machine.run("watchdog")
            #expect(watchdog.status == 0 && watchdog.output.isEmpty)
            #expect(try await machine.run("status").status == 3)
        }

        @Test("a service that cannot be stopped for another install is there again, and started")
        func failedStop() async throws {
            let machine = try Machine()
            #expect(try await machine.run("service", "install").status == 0)
            let older = try String(contentsOfFile: machine.unit, encoding: .utf8) + "# older\n"
            try machine.write(".config/systemd/user/clawdtalk.service", older)
            try machine.write("fails-stop", "")
            _ = try machine.asked()
            #expect(try await machine.run("service", "install").status == 1)
            #expect(try machine.asked().contains("start clawdtalk.service"))
            #expect(try String(contentsOfFile: machine.unit, encoding: .utf8) == older)
        }

        @Test("options of start are refused beside a service, which has its own")
        func options() async throws {
            let machine = try Machine()
            #expect(try await machine.run("service", "install").status == 0)
            _ = try machine.asked()
            let start = try await machine.run("start", "--server", "wss://127.0.0.1:1")
            #expect(start.status == 64 && start.errors.contains("--server does not count here"))
            #expect(try machine.asked().isEmpty)
        }

        @Test("start, stop and restart go through the service")
        func verbs() async throws {
            let machine = try Machine()
            #expect(try await machine.run("service", "install").status == 0)
            _ = try machine.asked()
            #expect(try await machine.run("start").status == 75)
            #expect(try machine.asked() == ["start clawdtalk.service"])
            #expect(try await machine.run("stop").output == "not running\n")
            #expect(try machine.asked().last == "stop clawdtalk.service")
            _ = try await machine.run("restart")
            #expect(
                try machine.asked() == [
                    "show --property=Version", "stop clawdtalk.service", "start clawdtalk.service",
                ])
        }

        @Test(
            "a bridge that ends by itself at its start leaves nothing behind, and its status is the command's"
        )
        func refused() async throws {
            let machine = try Machine()
            try machine.write("fails-start", "")
            let run = try await machine.run("service", "install")
            #expect(run.status == 77 && run.errors.contains("status 77") && !machine.hasUnit)
            #expect(try machine.asked().contains("disable --now clawdtalk.service"))
        }

        @Test("without systemctl, or a manager that answers, nothing is done: 69")
        func noManager() async throws {
            let machine = try Machine()
            let none = try await machine.run(
                "service", "install", path: "/nowhere")
            #expect(none.status == 69 && none.errors.contains("watchdog") && !machine.hasUnit)
            try machine.write("fails-show", "")
            let silent = try await machine.run("service", "install")
            #expect(silent.status == 69 && silent.errors.contains("enable-linger") && !machine.hasUnit)
        }

        @Test(
            "a file of somebody else is left alone, and a configuration that needs a shell's environment is named"
        )
        func refusals() async throws {
            let machine = try Machine()
            try machine.write(".config/systemd/user/clawdtalk.service", "[Service]\nExecStart=/bin/true\n")
            for verb in ["install", "remove"] {
                #expect(try await machine.run("service", verb).status == 73)
            }
            #expect(try String(contentsOfFile: machine.unit, encoding: .utf8).hasPrefix("[Service]"))
            let keyless = try Machine(config: ["owner_name": "Ana"])
            #expect(try await keyless.run("service", "install").status == 78 && !keyless.hasUnit)
            #expect(try keyless.asked().isEmpty)
        }

        @Test("the real bridge says READY with the login, and STOPPING with the signal")
        func notifies() async throws {
            let stage = try await Stage()
            let manager = try DatagramReceiver()
            // A queue of datagrams holds ten: signs of life must not fill it while nobody reads.
            let bridge = try stage.run(
                environment: ["NOTIFY_SOCKET": manager.name, "WATCHDOG_USEC": "6000000"])
            #expect(await manager.hears("READY=1"))
            #expect(await manager.hears("WATCHDOG=1"))
            bridge.signal(SIGHUP)
            #expect(await manager.hears("RELOADING=1"))
            bridge.signal(SIGTERM)
            #expect(await manager.hears("STOPPING=1"))
            #expect(await bridge.exit() == 0)
        }
    }
#endif
