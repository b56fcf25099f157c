import Foundation
import Simulator
import Testing

@Suite("update of a git checkout", .enabled(if: BridgeProcess.binary != nil))
final class CheckoutUpdateTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "ct git \(UUID().uuidString.prefix(8))").path
    private var checkout: String { folder + "/checkout" }
    private var program: String { checkout + "/.build/release/clawdtalk" }

    /// A build that takes no time: another program in place of the old one.
    private static let build = """
        release_binary() { cp "$1/.build/release/clawdtalk" "$1/new"; printf x >>"$1/new"; \
        mv "$1/new" "$1/.build/release/clawdtalk"; }
        """

    init() async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await shell(
            """
            git init -q --bare remote && git clone -q remote author 2>/dev/null && cd author
            mkdir scripts && touch Package.swift && printf '.build/\\nhome/\\n' >.gitignore
            printf '%s\\n' "$BUILD" >scripts/prepare.sh
            git add -A && git commit -qm one && git push -q origin HEAD && cd ..
            git clone -q remote checkout && mkdir -p checkout/.build/release checkout/home
            cp "$BINARY" checkout/.build/release/clawdtalk
            """)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @discardableResult
    private func shell(_ script: String, build: String = build) async throws -> String {
        let environment = [
            "BUILD": build, "BINARY": BridgeProcess.binary ?? "", "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@b",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
        ]
        let run = try await CommandRun.run(
            ["bash", "-ec", script],
            environment: BridgeProcess.environment(URL(filePath: folder), environment),
            folder: folder)
        try #require(run.status == 0, "\(run.said)")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Another commit at the remote.
    private func publish(_ name: String, build: String = build) async throws {
        try await shell(
            """
            cd author && touch \(name) && printf '%s\\n' "$BUILD" >scripts/prepare.sh
            git add -A && git commit -qm \(name) && git push -q origin HEAD
            """, build: build)
    }

    private func head() async throws -> String { try await shell("git -C checkout rev-parse HEAD") }

    private func update(_ arguments: String...) async throws -> (status: Int32?, output: [String]) {
        let run = try await CommandRun.run(
            [program, "update"] + arguments,
            environment: BridgeProcess.environment(URL(filePath: checkout + "/home")), folder: folder)
        return (run.status, run.said.split(separator: "\n").map(String.init))
    }

    @Test("--check tells how it is, and changes nothing")
    func check() async throws {
        #expect(try await update("--check").output.last?.hasPrefix("up to date") == true)
        let old = try await head()
        try await publish("two")
        try await publish("three")
        let check = try await update("--check", "--json")
        let report =
            try JSONSerialization.jsonObject(with: Data(check.output.joined().utf8)) as? [String: Any]
        #expect(
            check.status == 0 && report?["state"] as? String == "available" && report?["commits"] as? Int == 2
        )
        #expect(try await head() == old)
    }

    @Test("the remote's branch is taken, built and put in place")
    func good() async throws {
        try await publish("two")
        let before = FileManager.default.contents(atPath: program)?.count ?? 0
        let update = try await update()
        #expect(update.status == 0, "\(update.output)")
        #expect(FileManager.default.fileExists(atPath: checkout + "/two"))
        #expect(FileManager.default.contents(atPath: program)?.count == before + 1)
        #expect(FileManager.default.fileExists(atPath: checkout + "/.build/clawdtalk.previous"))
        #expect(try await self.update("--check").output.last?.hasPrefix("up to date") == true)
    }

    @Test(
        "what cannot be built, or does not work, goes again with its commit",
        arguments: [
            "release_binary() { return 1; }",
            #"release_binary() { rm "$1/.build/release/clawdtalk"; printf '#!/bin/sh\nexit 1\n' >"$1/.build/release/clawdtalk"; chmod +x "$1/.build/release/clawdtalk"; }"#,
        ])
    func broken(build: String) async throws {
        let old = try await head()
        let bytes = FileManager.default.contents(atPath: program)
        try await publish("two", build: build)
        let update = try await update()
        #expect(update.status == 1 && update.output.last?.contains("again") == true, "\(update.output)")
        #expect(try await head() == old)
        #expect(FileManager.default.contents(atPath: program) == bytes)
    }

    @Test("changes of its own, and commits of its own, are refused")
    func refusals() async throws {
        try await publish("two")
        let old = try await head()
        try await shell("printf 'x\\n' >>checkout/Package.swift")
        let changed = try await update()
        #expect(
            changed.status == 1 && changed.output.count == 1
                && changed.output[0].contains("changes of its own"))
        try await shell("git -C checkout commit -qam own")
        let diverged = try await update()
        #expect(diverged.status == 1 && diverged.output.last?.contains("diverged") == true)
        try await shell(
            "git -C checkout reset -q --hard \(old) && git -C checkout branch -q --unset-upstream")
        #expect(try await update().output.last?.contains("follows no remote branch") == true)
        #expect(try await update("--from", "a.tar.gz").status == 64)
        #expect(try await update("--back").status == 64)
        #expect(try await head() == old)
    }

    @Test(
        "git that refuses to go back keeps no new program in place, and the next update is none of up to date"
    )
    func refusedReset() async throws {
        let bytes = FileManager.default.contents(atPath: program)
        let old = try await head()
        try await publish(
            "two",
            build:
                #"release_binary() { rm "$1/.build/release/clawdtalk"; : >"$1/.git/index.lock"; return 1; }"#
        )
        let update = try await update()
        #expect(update.status == 1 && update.output.last?.contains("git reset") == true, "\(update.output)")
        #expect(FileManager.default.contents(atPath: program) == bytes)
        #expect(try await head() != old)
        try FileManager.default.removeItem(atPath: checkout + "/.git/index.lock")
        #expect(try await self.update("--check").output.last?.contains("is available") == true)
        try await publish("three", build: "release_binary() { return 1; }")
        #expect(try await self.update().output.last?.contains("again") == true)
        #expect(try await head() == old)
    }

    @Test("one that was killed while it built is gone on with, and judged", arguments: [true, false])
    func unfinished(isGood: Bool) async throws {
        let old = try await head()
        let bytes = FileManager.default.contents(atPath: program)
        try await publish("two", build: isGood ? Self.build : "release_binary() { kill -9 $PPID; }")
        if isGood {
            try await shell("git -C checkout pull -q && cp \"$BINARY\" checkout/.build/clawdtalk.previous")
            try #"{"commit":"\#(old)","files":[],"hadBridge":false,"wasConnected":false}"#.write(
                toFile: checkout + "/.build/clawdtalk.updating", atomically: true, encoding: .utf8)
        } else {
            #expect(try await update().status != 0)
            #expect(try await head() != old && FileManager.default.contents(atPath: program) == bytes)
            try await publish("three", build: "release_binary() { return 1; }")
        }
        let update = try await update()
        #expect(update.status == (isGood ? 0 : 1), "\(update.output)")
        #expect(update.output.last?.hasPrefix("updated") == isGood)
        #expect((FileManager.default.contents(atPath: program) == bytes) != isGood)
        #expect((try await head() == old) != isGood)
        #expect(!FileManager.default.fileExists(atPath: checkout + "/.build/clawdtalk.updating"))
    }

    @Test("interrupted while it builds: everything that it started ends, and the version before is in place")
    func interrupted() async throws {
        let old = try await head()
        try await publish(
            "two",
            build: #"release_binary() { exec 9>"$1/.build/held"; flock 9; echo BUILDS >&2; sleep 600; }"#)
        let update = try BridgeProcess(
            ["update"], home: URL(filePath: checkout + "/home"), program: program)
        #expect(await update.log.first(within: .seconds(20)) { $0.contains("BUILDS") } != nil)
        update.signal(SIGINT)
        #expect(
            await update.log.first(within: .seconds(20)) { $0.contains("interrupted. The checkout") } != nil)
        #expect(await update.exit() == 1)
        let held = open(checkout + "/.build/held", O_RDWR | O_CLOEXEC)
        defer { close(held) }
        #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
        #expect(try await head() == old)
    }

    @Test("a second update at once is told so")
    func lock() async throws {
        let lock = open(checkout + "/.update.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        #expect(try await update().output.last?.contains("another update") == true)
    }
}
