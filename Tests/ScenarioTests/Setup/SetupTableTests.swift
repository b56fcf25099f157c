import Foundation
import Testing

@Suite(
    "setup and uninstall over the configurations there are: every byte, mode and owner",
    .enabled(if: BridgeProcess.binary != nil))
struct SetupTableTests {
    @Test(arguments: SetupRow.texts + SetupRow.lists + SetupRow.agents)
    func text(row: SetupRow) async throws { try await play(row) }

    @Test(arguments: SetupRow.includes + SetupRow.places)
    func place(row: SetupRow) async throws { try await play(row) }

    @Test(arguments: SetupRow.chat)
    func chatEndpoint(row: SetupRow) async throws { try await play(row) }

    @Test(arguments: SetupRow.refusals)
    func refusal(row: SetupRow) async throws { try await play(row) }

    private static let mode = 0o640
    private static let owner = geteuid() == 0 ? [UInt32(1234), 4321] : [getuid(), getgid()]

    private func play(_ row: SetupRow) async throws {
        let home = try SetupHome()
        for (name, text) in row.files {
            try home.write(name, text, mode: Self.mode)
            #expect(chown(home.full(name), Self.owner[0], Self.owner[1]) == 0)
        }
        try await row.prepare(home)
        let names = try home.names()
        let environment = row.environment.mapValues { $0.replacing("HOME", with: home.path) }
        func setUp() async throws -> CommandRun { try await home.setUp(row.flags, environment: environment) }

        let first = try await setUp()
        #expect(first.status == row.status, "\(first.said)")
        for words in row.says { #expect(first.said.contains(words), "\(first.said)") }
        try check(home, row, row.files.merging(row.after) { $1 })
        try checkBackups(home, row, old: names)

        let picture = try home.picture()
        #expect(try await setUp().status == row.status)
        #expect(try home.picture() == picture)

        let last = try await home.run(["uninstall", "--yes"], environment: environment)
        #expect(last.status == 0, "\(last.said)")
        try check(home, row, row.files.merging(row.afterUninstall) { $1 })
        try await row.restore(home)
    }

    private func check(_ home: SetupHome, _ row: SetupRow, _ expected: [String: String]) throws {
        for (name, text) in expected {
            let found = try home.text(name)
            #expect(found == text)
            var info = stat()
            #expect(stat(home.full(name), &info) == 0)
            #expect([info.st_uid, info.st_gid] == Self.owner, "\(name)")
            // A row about the mode has said so itself.
            #expect(try row.status == 73 || home.mode(name) == Self.mode, "\(name)")
        }
    }

    /// One for each file that was changed, with its old bytes, for the owner only; nothing else is new.
    private func checkBackups(_ home: SetupHome, _ row: SetupRow, old: [String]) throws {
        let own = try home.names().filter { !$0.hasPrefix("claw talk") && !old.contains($0) }
        #expect(own.count == row.after.count, "\(own)")
        for name in own {
            #expect(name.hasSuffix(".bak") && name.contains(".clawdtalk-"))
            #expect(try home.mode(name) == 0o600)
            let old = try home.text(name)
            #expect(row.files.contains { name.hasPrefix($0.key) && $0.value == old }, "\(name)")
        }
        #expect(try home.mode("claw talk/skill-config.json") == 0o600)
    }
}
