import Foundation
import Testing

/// What the file system may have against it; `setup` as in ``SetupTableTests``.
@Suite("setup and what the file system says", .enabled(if: BridgeProcess.binary != nil))
struct SetupFileSystemTests {
    private static let old = "{gateway: {tools: {allow: []}}}\n"
    private static let new = "{gateway: {tools: {allow: [\"sessions_send\"]}}}\n"

    private let home: SetupHome
    private let file: String

    init() throws {
        home = try SetupHome()
        file = home.full(SetupHome.configuration)
        try home.write(SetupHome.configuration, Self.old)
    }

    @Test("--dry-run shows and writes nothing")
    func dryRun() async throws {
        let picture = try home.picture()
        let run = try await home.setUp(["--dry-run", "--json"])
        let report = try run.json()
        #expect(run.status == 0 && report["patch"] as? String == "shown")
        #expect(run.errors.contains("+ {gateway: {tools: {allow: [\"sessions_send\"]}}}"))
        #expect(!run.said.contains(SetupHome.key))
        #expect(try home.picture() == picture)
    }

    @Test("--no-patch-gateway leaves openclaw.json alone, and uninstall finds nothing to undo")
    func declined() async throws {
        let before = try home.picture()[SetupHome.configuration]
        #expect(try await home.setUp(["--no-patch-gateway"]).status == 0)
        let run = try await home.run(["uninstall", "--yes"])
        #expect(run.status == 0 && run.output.contains("Setup added nothing"))
        #expect(try home.picture()[SetupHome.configuration] == before)
    }

    @Test("uninstall is refused by what refuses setup, and still knows what to take away later")
    func uninstallRefused() async throws {
        #expect(try await home.setUp().status == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file)
        let refused = try await home.run(["uninstall", "--yes"])
        #expect(refused.status == 73 && refused.errors.contains("it is read-only"), "\(refused.said)")
        #expect(try home.text(SetupHome.configuration) == Self.new)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        try home.write(SetupHome.configuration, "{gateway")
        let broken = try await home.run(["uninstall", "--yes"])
        #expect(broken.status == 73 && broken.errors.contains("Take it out by hand: gateway.tools.allow"))
        try home.write(SetupHome.configuration, Self.new)
        #expect(try await home.run(["uninstall", "--yes"]).status == 0)
        #expect(try home.text(SetupHome.configuration) == Self.old)
    }

    @Test("uninstall needs its answers: 64, and nothing is done")
    func uninstallAsks() async throws {
        #expect(try await home.setUp().status == 0)
        let before = try home.picture()
        for flags in [[], ["--patch-gateway"], ["--keep-config"], ["--keep-config", "--remove-config"]] {
            #expect(try await home.run(["uninstall", "--non-interactive"] + flags).status == 64)
        }
        #expect(try home.picture() == before)
        let kept = try await home.run(["uninstall", "--no-patch-gateway", "--keep-config"])
        #expect(kept.status == 0 && kept.errors.isEmpty)
        #expect(try home.text(SetupHome.configuration) == Self.new && home.exists("claw talk/.setup.json"))
    }

    #if os(Linux)
        /// Setup as a user who may do no more than the modes say.
        private func setUpAsNobody() async throws -> CommandRun {
            guard geteuid() == 0 else { return try await home.setUp() }
            for name in [""] + (try home.names()) where !name.hasSuffix(".bak") {
                #expect(chown(home.full(name), 1234, 4321) == 0)
            }
            return try await home.run(
                ["setup", "--offline", "--yes"] + home.keyFlags,
                program: ["setpriv", "--reuid=1234", "--regid=4321", "--clear-groups"])
        }

        private func expectRefusal(_ run: CommandRun, _ reason: String) throws {
            #expect(run.status == 73 && run.output.contains(reason), "\(run.said)")
            #expect(run.output.contains("gateway: { tools: { allow: [\"sessions_send\"] } }"))
            #expect(try home.text(SetupHome.configuration) == Self.old)
            #expect(try home.names(".openclaw") == ["openclaw.json"])
            #expect(try home.mode("claw talk/skill-config.json") == 0o600)
            #expect(!home.exists("claw talk/.setup.json"))
        }

        @Test("a folder that is not writable")
        func folder() async throws {
            let folder = home.full(".openclaw")
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
            try expectRefusal(await setUpAsNobody(), "its folder is not writable")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        }

        @Test("a file of somebody else in a folder of one's own", .enabled(if: geteuid() == 0))
        func foreign() async throws {
            let first = try await setUpAsNobody()
            #expect(first.status == 0)
            for name in try home.backups() { try FileManager.default.removeItem(atPath: home.full(name)) }
            try home.write(SetupHome.configuration, Self.old)
            try FileManager.default.removeItem(atPath: home.full("claw talk/.setup.json"))
            #expect(chown(file, 0, 0) == 0)
            let run = try await home.run(
                ["setup", "--offline", "--yes"],
                program: ["setpriv", "--reuid=1234", "--regid=4321", "--clear-groups"])
            try expectRefusal(run, "its owner 0:0 cannot be kept by user 1234")
        }

        @Test("a file that cannot be read", .enabled(if: geteuid() == 0))
        func unreadable() async throws {
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
            let run = try await setUpAsNobody()
            #expect(run.status == 73 && run.output.contains("Permission denied"))
        }

        @Test("an immutable file", .enabled(if: geteuid() == 0))
        func immutable() async throws {
            guard try await CommandRun.run(["chattr", "+i", file]).status == 0 else { return }
            let run = try await home.setUp()
            _ = try await CommandRun.run(["chattr", "-i", file])
            try expectRefusal(run, "it is marked immutable. Take the mark away: chattr -i")
        }

        @Test("a file that is mounted alone, as Docker does", .enabled(if: geteuid() == 0))
        func mounted() async throws {
            let script = #"mount --bind "$0" "$0" || exit 99; "$@"; status=$?; umount "$0"; exit $status"#
            for _ in 1...2 {
                let run = try await home.run(
                    ["setup", "--offline", "--yes"] + home.keyFlags,
                    program: ["unshare", "-m", "sh", "-c", script, file])
                guard run.status != 99, !run.errors.hasPrefix("unshare") else { return }
                try expectRefusal(run, "it is mounted as a single file and cannot be replaced")
            }
        }

        @Test("a read-only mount", .enabled(if: geteuid() == 0))
        func readOnlyMount() async throws {
            let script =
                #"mount --bind -o ro "$0" "$0" || exit 99; "$@"; status=$?; umount "$0"; exit $status"#
            let run = try await home.run(
                ["setup", "--offline", "--yes"] + home.keyFlags,
                program: ["unshare", "-m", "sh", "-c", script, home.full(".openclaw")])
            guard run.status != 99, !run.errors.hasPrefix("unshare") else { return }
            try expectRefusal(run, "its file system is read-only")
        }

        @Test("access lists and extended attributes stay")
        func attributes() async throws {
            for words in [["setfattr", "-n", "user.note", "-v", "kept"], ["setfacl", "-m", "u:1234:r"]] {
                guard try await CommandRun.run(words + [file]).status == 0 else { return }
            }
            func listing() async throws -> String {
                try await CommandRun.run(["getfattr", "-d", "-m", "-", "--absolute-names", file]).output
            }
            let before = try await listing()
            #expect(before.contains("user.note") && before.contains("posix_acl_access"))
            #expect(try await home.setUp().status == 0)
            #expect(try home.text(SetupHome.configuration) == Self.new)
            #expect(try await listing() == before)
        }
    #endif
}
