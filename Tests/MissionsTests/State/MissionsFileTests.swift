import ClawdTalkAPI
import Foundation
import Missions
import Simulator
import Testing

@Suite("rest-api.md 4: the state file")
struct MissionsFileTests {
    private let folder: URL
    private let notes = EventJournal<String>()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "state \(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private var file: MissionsFile {
        MissionsFile(path: folder.appending(path: ".missions_state.json").path) { [notes] in notes.append($0)
        }
    }
    private var path: String { folder.appending(path: ".missions_state.json").path }
    private func bytes() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test(
        "what another program wrote is kept byte for byte but for the change: order, numbers, unknown members, escapes"
    )
    func kept() throws {
        let old = #"""
            {
              "b": {
                "mission_name": "Caf\u00e9",
                "theirs": [
                  1.0,
                  123456789012345678,
                  1e5,
                  {}
                ],
                "memory": {
                  "k": []
                }
              },
              "a": {}
            }
            """#
        try old.write(toFile: path, atomically: true, encoding: .utf8)
        try file.update("b") { $0.assistantID = "x" }
        let expected = old.replacing(
            "      \"k\": []\n    }\n  },", with: "      \"k\": []\n    },\n    \"assistant_id\": \"x\"\n  },"
        )
        #expect(try bytes() == expected)
    }

    @Test("nothing is written when nothing changes, and a new file is for its owner only")
    func unchanged() throws {
        try file.update("a") { _ in }
        #expect(try names() == [".missions_state.json", ".missions_state.json.lock"])
        let info = try FileManager.default.attributesOfItem(atPath: path)
        #expect(info[.posixPermissions] as? Int == 0o600)
        let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
        try file.update("a") { _ in }
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
    }

    @Test(
        "a damaged file is set aside and named, and work goes on",
        arguments: ["", "{", "[]", "null", #"{"a":{}"#, "\u{0}\u{0}"])
    func damaged(text: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try file.read().slugs.isEmpty)
        try file.update("new") { $0.missionID = "m" }
        #expect(try file.read().slugs == ["new"])
        let kept = try #require(try names().first { $0.contains(".damaged-") })
        #expect(try String(contentsOfFile: folder.appending(path: kept).path, encoding: .utf8) == text)
        #expect(notes.entries.count == 1 && notes.entries[0].contains(kept))
    }

    @Test("fifty writers at once lose nothing")
    func writers() async throws {
        let file = file
        try await withThrowingTaskGroup { group in
            for number in 0..<50 {
                group.addTask {
                    _ = try file.update("a") { $0.append(.number("\(number)"), under: "k", at: .now) }
                }
            }
            try await group.waitForAll()
        }
        let items = try #require(try file.read()["a"]?.memory["k"]?.elements)
        #expect(items.compactMap(\.integer).sorted() == Array(0..<50))
    }

    @Test("what could not be read again is not written")
    func tooDeep() throws {
        try file.update("a") { $0.save("kept", under: "k", at: .now) }
        let deep = String(repeating: "[", count: 240) + String(repeating: "]", count: 240)
        #expect(throws: (any Error).self) {
            try file.update("a") { $0.save(MissionEntry.value(of: deep), under: "d", at: .now) }
        }
        #expect(try file.read()["a"]?.memory.compactText == #"{"k":"kept"}"#)
    }

    @Test("what Python takes for JSON is read and kept")
    func python() throws {
        try #"{"a": {"memory": {"k": [NaN, -Infinity]}}}"#.write(
            toFile: path, atomically: true, encoding: .utf8)
        try file.update("a") { $0.assistantID = "x" }
        #expect(try bytes().contains("NaN,\n        -Infinity") && notes.entries.isEmpty)
    }

    @Test("a mission goes into the archive with all that it has, and one of the same slug beside it")
    func archive() throws {
        for expected in ["a", "a-2", "a-3"] {
            try file.update("a") { $0.save("v", under: "k", at: .now) }
            #expect(try file.archive("a", at: .now) == expected)
        }
        #expect(try file.read().slugs.isEmpty && file.archive("a", at: .now) == nil)
        #expect(try file.archive.read()["a-2"]?.memory["k"] == "v")
    }

    @Test(
        "values are JSON when they are JSON, else the text itself",
        arguments: [
            ("42", "42"), ("true", "true"), ("null", "null"), ("\"x\"", "\"x\""), ("[1, 2]", "[1,2]"),
            ("{\"a\": 1.50}", "{\"a\":1.50}"), ("hello", "\"hello\""), ("[unfinished", "\"[unfinished\""),
            ("{a:1}", "\"{a:1}\""), ("+15551234567", "\"+15551234567\""), ("007", "\"007\""),
            ("NaN", "\"NaN\""),
            ("", "\"\""), (" {\"a\":1}", "{\"a\":1}"), ("'x'", "\"'x'\""),
        ])
    func values(argument: String, json: String) {
        #expect(MissionEntry.value(of: argument).compactText == json)
    }

    @Test("what was there becomes the first item of a list")
    func append() {
        var entry = MissionEntry()
        #expect(entry.append("x", under: "k", at: .now) == 1)
        entry.save(.null, under: "n", at: .now)
        #expect(entry.append("x", under: "n", at: .now) == 2)
        #expect(entry.memory.compactText == #"{"k":["x"],"n":[null,"x"]}"#)
    }

    @Test("times have microseconds and a Z")
    func timestamp() {
        let text = MissionEntry.timestamp(Date(timeIntervalSince1970: 1_700_000_000.000_250))
        #expect(
            text.wholeMatch(of: /2023-11-14T22:13:20\.00025[0-9]?Z|2023-11-14T22:13:20\.0002(49|50|51)Z/)
                != nil)
    }

    @Test(
        "the closest slug is named, and none that is not close",
        arguments: [
            ("find-plumer", "find-plumbers"), ("find-plumbers-2", "find-plumbers"), ("zzz", nil),
            ("trips", "trip"),
        ])
    func closest(slug: String, expected: String?) throws {
        let state = try #require(
            JSONValue(parsing: #"{"find-plumbers":{},"trip":{}}"#).flatMap(MissionsState.init))
        #expect(state.closest(to: slug) == expected)
    }
}
