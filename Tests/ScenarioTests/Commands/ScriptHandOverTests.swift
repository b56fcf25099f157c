import Foundation
import Testing

/// The scripts of an unpacked package, with a program that tells how it was called.
@Suite("What the drop-in scripts hand over")
struct ScriptHandOverTests {
    private static let teller = """
        #!/bin/bash
        printf '[%s]' "$CLAWDTALK_HOME" "$@"

        """
    private let package: ScriptPackage

    init() throws { package = try ScriptPackage(program: Self.teller) }

    private func run(_ words: [String], environment more: [String: String] = [:]) async throws -> CommandRun {
        var environment = BridgeProcess.environment(package.parent, more)
        if more["CLAWDTALK_HOME"] == nil { environment["CLAWDTALK_HOME"] = nil }
        return try await CommandRun.run(words, environment: environment, folder: package.parent.path)
    }

    private static let scripts = [
        ("call.sh", ["call"]), ("sms.sh", ["sms"]), ("approval.sh", ["approval"]), ("connect.sh", []),
        ("telnyx_api.py", ["missions"]),
    ]

    @Test("the arguments as they are, by any path", arguments: scripts)
    func arguments(script: String, noun: [String]) async throws {
        let words = [
            script == "connect.sh" ? "logs" : "a", "b c", "", "--x=\"1\"", "*", "$HOME", "é\n", "--",
        ]
        let path = package.script(script)
        let links = [package.parent.appending(path: "link"), package.parent.appending(path: "other link")]
        try FileManager.default.createSymbolicLink(atPath: links[0].path, withDestinationPath: path)
        try FileManager.default.createSymbolicLink(atPath: links[1].path, withDestinationPath: "link")
        let expected = ([package.path] + noun + words).map { "[\($0)]" }.joined()
        for program in [path, links[0].path, links[1].path, "my package/scripts/\(script)", "./link"] {
            let run = try await run([program] + words)
            #expect(run.status == 0 && run.output == expected && run.errors.isEmpty, "\(run.said)")
        }
    }

    @Test("no arguments, and a home of one's own", arguments: scripts.filter { $0.0 != "connect.sh" })
    func home(script: String, noun: [String]) async throws {
        let run = try await run(
            [package.script(script)], environment: ["CLAWDTALK_HOME": "/a home"])
        #expect(run.output == (["/a home"] + noun).map { "[\($0)]" }.joined(), "\(run.said)")
    }

    @Test("the program's own exit status is the script's", arguments: scripts)
    func status(script: String, noun: [String]) async throws {
        try package.write("clawdtalk", "#!/bin/bash\nexit 13\n")
        #expect(try await run([package.script(script), "status"]).status == 13)
    }

    @Test("in a checkout the program is built once, which is said on standard error", arguments: scripts)
    func build(script: String, noun: [String]) async throws {
        try package.write("Package.swift", "")
        try package.write("Sources/a.swift", "")
        try package.write("tools/swiftc", "#!/bin/bash\n")
        try package.write("tools/dpkg-query", "#!/bin/bash\nprintf 'ok installed'\n")
        try package.write(
            "tools/swift",
            """
            #!/bin/bash
            if [[ $1 == --version ]]; then echo 'Swift version 6.3'; exit; fi
            echo "tool: $1"
            mkdir -p "$3/.build/release" && cp "$3/clawdtalk" "$3/.build/release/clawdtalk"

            """)
        let tools = package.path + "/tools:" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let words = [package.script(script), "status"]
        let first = try await run(words, environment: ["PATH": tools])
        let expected = ([package.path] + noun + ["status"]).map { "[\($0)]" }.joined()
        #expect(first.status == 0 && first.output == expected, "\(first.said)")
        #expect(first.errors.contains("Building clawdtalk") && first.errors.contains("tool: build"))
        let second = try await run(words, environment: ["PATH": tools])
        #expect(second.output == expected && second.errors.isEmpty, "\(second.said)")
    }

    @Test("the release archive has them all, and they can be run")
    func archive() throws {
        let text = try String(
            contentsOf: ScriptPackage.root.appending(path: "scripts/release.sh"), encoding: .utf8)
        for (script, _) in Self.scripts {
            let name = script.split(separator: ".")[0]
            #expect(text.contains(name == "telnyx_api" ? "scripts/telnyx_api.py" : String(name)))
            #expect(
                FileManager.default.isExecutableFile(atPath: ScriptPackage.root.path + "/scripts/" + script))
        }
    }
}
