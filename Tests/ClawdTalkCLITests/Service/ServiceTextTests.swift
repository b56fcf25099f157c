import Foundation
import Testing

@testable import ClawdTalkCLI

@Suite("The texts of the services")
struct ServiceTextTests {
    /// The value of a line of the unit.
    private func value(_ name: String, program: String = "/p", home: String = "/h") -> String? {
        SystemdUnit(program: program, home: home).text.split(separator: "\n")
            .first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    @Test("the unit says READY itself, is watched, and is not started again where that cannot help")
    func unit() {
        #expect(value("Type") == "notify")
        #expect(value("WatchdogSec") == "30")
        #expect(value("RestartPreventExitStatus") == "64 76 77 78")
        #expect(value("Restart") == "always")
        #expect(value("ExecStart", program: "/srv/ct/clawdtalk") == ":\"/srv/ct/clawdtalk\" run")
        #expect(value("Environment", home: "/home/ana/ct") == "\"CLAWDTALK_HOME=/home/ana/ct\"")
    }

    @Test("draining ends before the manager's patience does")
    func stopTime() throws {
        let seconds = try #require(value("TimeoutStopSec").flatMap { Int($0) })
        #expect(.seconds(seconds) > BridgeStop.drainLimit + .seconds(6))
    }

    @Test(
        "paths stay what they are: systemd.syntax(7), systemd.unit(5)",
        arguments: [
            ("/a b/ct", #":"/a b/ct" run"#), ("/100%/ct", #":"/100%%/ct" run"#),
            ("/$HOME/ct", #":"/$HOME/ct" run"#),
            (#"/a"b/ct"#, #":/usr/bin/env "/a\"b/ct" run"#), ("/it's/ct", #":/usr/bin/env "/it's/ct" run"#),
            (#"/a\x41/ct"#, #":/usr/bin/env "/a\\x41/ct" run"#),
        ])
    func paths(program: String, command: String) { #expect(value("ExecStart", program: program) == command) }

    @Test("the home is escaped as a word, and as a path to the end of the line")
    func homes() {
        let home = #"/my "50%" \ home"#
        #expect(value("Environment", home: home) == #""CLAWDTALK_HOME=/my \"50%%\" \\ home""#)
        #expect(value("StandardError", home: home) == #"append:/my "50%%" \ home/.connect.log"#)
    }

    @Test("the agent keeps the bridge running, which stays where starting again cannot help")
    func agent() throws {
        let home = #"/my <"50%"> & 'home'"#
        let text = LaunchAgent(program: "/a & b/ct", home: home).text
        let values = try #require(
            try PropertyListSerialization.propertyList(from: Data(text.utf8), format: nil) as? [String: Any])
        #expect(values["ProgramArguments"] as? [String] == ["/a & b/ct", "run", "--stay"])
        #expect(values["EnvironmentVariables"] as? [String: String] == ["CLAWDTALK_HOME": home])
        #expect(values["StandardErrorPath"] as? String == home + "/.connect.log")
        #expect(values["KeepAlive"] as? Bool == true && values["Label"] as? String == LaunchAgent.label)
    }

    @Test("a service is known by its mark and its home")
    func serves() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ct units \(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let host = SystemdHost(environment: ["HOME": "/nowhere", "XDG_CONFIG_HOME": folder.path])
        #expect(host.path == folder.path + "/systemd/user/clawdtalk.service")
        func home(_ path: String) -> HomeFolder {
            HomeFolder(environment: ["CLAWDTALK_HOME": path], currentFolder: "/", exists: { _ in false })
        }
        #expect(!host.serves(home("/h")))
        try FileManager.default.createDirectory(
            atPath: folder.path + "/systemd/user", withIntermediateDirectories: true)
        let text = SystemdUnit(program: "/p", home: "/h").text
        try text.write(toFile: host.path, atomically: true, encoding: .utf8)
        #expect(host.serves(home("/h")) && !host.serves(home("/other")))
        try text.replacing(SystemdUnit.mark, with: "").write(
            toFile: host.path, atomically: true, encoding: .utf8)
        #expect(!host.serves(home("/h")))
    }

    @Test("without XDG_CONFIG_HOME, or with a relative one, it is in ~/.config")
    func folder() {
        for environment in [["HOME": "/u"], ["HOME": "/u", "XDG_CONFIG_HOME": "x"]] {
            #expect(SystemdHost(environment: environment).path == "/u/.config/systemd/user/clawdtalk.service")
        }
    }
}
