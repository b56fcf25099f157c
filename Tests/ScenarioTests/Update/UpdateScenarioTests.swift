import Foundation
import Simulator
import Testing

@Suite(
    "update of an unpacked archive, in a home with everything in it",
    .enabled(if: BridgeProcess.binary != nil))
struct UpdateScenarioTests {
    /// Another version that works as this one does.
    private static let good = """
        case $1 in version) echo 'clawdtalk 9.9.9 (test)' ;; *) exec "$REAL" "$@" ;; esac
        """

    @Test("a good one is put in place, the bridge is restarted, the one before is kept and can be had back")
    func good() async throws {
        let package = try InstalledPackage(try await Stage())
        let configuration = try package.text("skill-config.json")
        #expect(try await package.run("start").status == 0)
        let first = try await package.connectedBridge()
        let archive = try await package.archive(program: nil)
        let check = try await package.run("update", "--check", "--from", archive)
        #expect(check.status == 0 && check.output.last?.contains("is available") == true, "\(check.output)")
        #expect(try package.text("connect.sh") == "old" && !package.exists("clawdtalk.previous"))
        let update = try await package.run("update", "--from", archive)
        #expect(
            update.status == 0 && update.output.last?.hasPrefix("updated from") == true, "\(update.output)")
        let second = try await package.connectedBridge()
        #expect(first != nil && second != nil && first != second)
        #expect(
            try package.text("connect.sh") == "new" && package.text("clawdtalk.previous/connect.sh") == "old")
        #expect(try package.text("skill-config.json") == configuration && !package.exists(".update"))
        let again = try await package.run("update", "--from", archive)
        #expect(again.status == 0 && again.output.last?.hasPrefix("up to date") == true)
        #expect(try await package.connectedBridge() == second)
        #expect(try await package.run("update", "--back").status == 0)
        #expect(
            try package.text("connect.sh") == "old" && package.text("clawdtalk.previous/connect.sh") == "new")
        #expect(try await package.connectedBridge() != second)
        #expect(try await package.run("stop").status == 0)
    }

    @Test(
        "without a running bridge none is started, and a configuration that is missing stands in nobody's way"
    )
    func noBridge() async throws {
        let package = try InstalledPackage(try await Stage())
        try FileManager.default.removeItem(atPath: package.folder + "/skill-config.json")
        let update = try await package.run("update", "--from", try await package.archive(program: Self.good))
        #expect(update.status == 0 && update.output == ["updated from 0.1.0 to 9.9.9"])
        #expect(try await package.run("status").status == 3)
    }

    @Test("a wrong sum, or none, changes nothing")
    func sums() async throws {
        let package = try InstalledPackage(try await Stage())
        let archive = try await package.archive(program: Self.good)
        let zeros = String(repeating: "0", count: 64)
        let wrong = try await package.run("update", "--from", archive, "--sha256", zeros)
        #expect(wrong.status == 1 && wrong.output.last?.contains(zeros) == true)
        let list = (archive as NSString).deletingLastPathComponent + "/SHA256SUMS"
        let sum = try String(contentsOfFile: list, encoding: .utf8).prefix(64)
        try FileManager.default.removeItem(atPath: list)
        let none = try await package.run("update", "--from", archive)
        #expect(none.status == 1 && none.output.last?.contains("--sha256") == true)
        #expect(try package.text("connect.sh") == "old")
        #expect(
            try await package.run("update", "--check", "--from", archive, "--sha256", String(sum)).status == 0
        )
    }

    @Test(
        "a program that does not run, or whose doctor finds more, changes nothing and disturbs no bridge",
        arguments: [
            "exit 1", "kill -9 $$",
            "case $1 in version) echo 'clawdtalk 9.9.9 (test)' ;; *) exit 1 ;; esac",
            """
            case $1 in
            version) echo 'clawdtalk 9.9.9 (test)' ;;
            doctor) echo '{"healthy":false,"rows":[{"id":"gateway","state":"failed","detail":"no"}]}' ;;
            esac
            """,
        ])
    func broken(script: String) async throws {
        let package = try InstalledPackage(try await Stage())
        #expect(try await package.run("start").status == 0)
        let bridge = try await package.connectedBridge()
        let update = try await package.run("update", "--from", try await package.archive(program: script))
        #expect(update.status == 1 && update.output.count == 1, "\(update.output)")
        #expect(try await package.connectedBridge() == bridge && bridge != nil)
        #expect(try package.text("connect.sh") == "old" && !package.exists(".update"))
        #expect(try await package.run("stop").status == 0)
    }

    @Test("one whose bridge does not come up goes, and the one before runs again")
    func noRestart() async throws {
        let package = try InstalledPackage(try await Stage())
        #expect(try await package.run("start").status == 0)
        let script = """
            case $1 in
            version) echo 'clawdtalk 9.9.9 (test)' ;;
            restart) "$REAL" stop; exit 1 ;;
            *) exec "$REAL" "$@" ;;
            esac
            """
        let update = try await package.run("update", "--from", try await package.archive(program: script))
        #expect(
            update.status == 1 && update.output.last?.contains("is back, and runs") == true,
            "\(update.output)")
        #expect(try await package.connectedBridge() != nil)
        #expect(try package.text("connect.sh") == "old")
        #expect(try await package.run("stop").status == 0)
    }

    @Test("from an address on this machine; one that is not there is 69")
    func address() async throws {
        let package = try InstalledPackage(try await Stage())
        let archive = try await package.archive(program: Self.good)
        let folder = (archive as NSString).deletingLastPathComponent
        #expect(try await package.run("update", "--from", "http://127.0.0.1:1/a.tar.gz").status == 69)
        let server = try BridgeProcess(
            ["python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder],
            home: package.stage.home, program: "/usr/bin/env")
        let line = await server.log.first(within: .seconds(20)) { $0.contains(" port ") }
        let port = try #require(line?.firstMatch(of: /port (\d+)/)?.output.1)
        let missing = try await package.run(
            "update", "--from", "http://127.0.0.1:\(port)/b.tar.gz", "--sha256",
            String(repeating: "0", count: 64))
        #expect(missing.status == 69, "\(missing.output)")
        let update = try await package.run("update", "--json", "--from", "http://127.0.0.1:\(port)/a.tar.gz")
        #expect(
            update.status == 0 && update.output.contains { $0.contains("\"updated\"") }, "\(update.output)")
        #expect(try package.text("connect.sh") == "new")
    }

    @Test("a second update at once is told so")
    func lock() async throws {
        let package = try InstalledPackage(try await Stage())
        let archive = try await package.archive(program: Self.good)
        let descriptor = open(package.folder + "/.update.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let update = try await package.run("update", "--from", archive)
        #expect(update.status == 1 && update.output.last?.contains("another update") == true)
        #expect(try package.text("connect.sh") == "old")
    }

    @Test("one that was killed after it put the files in place is undone first, its bridge runs again")
    func killed() async throws {
        let package = try InstalledPackage(try await Stage())
        #expect(try await package.run("start").status == 0)
        let script = """
            case $1 in
            version) echo 'clawdtalk 9.9.9 (test)' ;;
            restart) "$REAL" stop; kill -9 $PPID ;;
            *) exec "$REAL" "$@" ;;
            esac
            """
        let archive = try await package.archive(program: script)
        #expect(try await package.run("update", "--from", archive).status != 0)
        #expect(try package.text("connect.sh") == "new" && package.exists(".update.unfinished"))
        let real = try #require(BridgeProcess.binary)
        // A whole program again, as an unfinished move would have left it; by cp, for a descriptor that writes and is
        // inherited by another test's process makes a program busy.
        let copied = try await CommandRun.run(
            ["cp", "--remove-destination", real, package.program], folder: package.folder)
        #expect(copied.status == 0)
        let check = try await package.run("update", "--check", "--from", archive)
        #expect(check.status == 0 && check.output.contains { $0.contains("was undone") }, "\(check.output)")
        #expect(try package.text("connect.sh") == "old" && !package.exists(".update.unfinished"))
        #expect(try await package.connectedBridge() != nil)
        #expect(try await package.run("stop").status == 0)
    }
}
