import ClawdTalkAPI
import Foundation
import Simulator
import Synchronization
import Testing

@Suite(
    "rest-api.md 4 and 5: missions from their beginning to their end",
    .enabled(if: BridgeProcess.binary != nil))
struct MissionFlowTests {
    private static let plan = #"[{"step_id":"s1","description":"Call","sequence":1}]"#

    @Test("init makes mission, run and plan, starts the run, and prints the ids; again it only prints them")
    func begin() async throws {
        let home = try await MissionHome()
        let first = try await home("init", "Café Trip", "Call them.", "Please call.", Self.plan)
        #expect(first.status == 0 && first.output == "begun caf-trip\nmission m1\nrun r2\n", "\(first)")
        #expect(
            home.requests == [
                "POST /v1/missions", "POST /v1/missions/m1/runs", "POST /v1/missions/m1/runs/r2/plan",
                "PATCH /v1/missions/m1/runs/r2",
            ])
        #expect(
            home.service.requests.entries.map(\.body) == [
                #"{"name":"Café Trip","instructions":"Call them."}"#,
                #"{"input":{"original_request":"Please call."}}"#, #"{"steps":\#(Self.plan)}"#,
                #"{"status":"running"}"#,
            ])
        let second = try await home("init", "Café Trip", "x", "y", "--json")
        #expect(try second.json()["resumed"] as? Bool == true && second.json()["run_id"] as? String == "r2")
        #expect(home.requests.count == 4)
        let entry = try home.state()?["caf-trip"]
        #expect(entry?["mission_name"] == "Café Trip" && entry?["created_at"]?.string?.hasSuffix("Z") == true)
        #expect(try String(contentsOfFile: home.statePath, encoding: .utf8).contains(#"Caf\u00e9"#))
        #expect(try await home("list-state").output == "caf-trip: Café Trip [running]\n")
    }

    @Test("what was half made is finished, and nothing is made twice", arguments: 1...4)
    func halfMade(failing: Int) async throws {
        let home = try await MissionHome { _, number in
            number == failing ? .json(500, #"{"message":"broken"}"#) : nil
        }
        let first = try await home("init", "Trip", "Call them.", "Please call.", Self.plan)
        #expect(first.status == 1 && first.output.isEmpty && first.errors.contains("broken"))
        let second = try await home("init", "Trip", "Call them.", "Please call.", Self.plan)
        #expect(second.status == 0, "\(second)")
        let posts = home.requests.filter { $0.hasPrefix("POST") }
        #expect(
            Set(posts).count == 3 && posts.count == (failing == 4 ? 3 : 4),
            "only the failed one again: \(posts)")
        let run = try #require(try home.state()?["trip"]?["run_id"]?.identifier)
        let seen = try #require(home.missions.snapshot(of: run))
        #expect(seen.runStatus == "running" && seen.stepStatuses.count == 1)
    }

    @Test("an answer without an id is an error, and nothing goes on with it")
    func noID() async throws {
        let home = try await MissionHome { _, _ in .json(200, #"{"mission":{}}"#) }
        let run = try await home("init", "Trip", "a", "b")
        #expect(run.status == 1 && run.output.isEmpty && home.requests == ["POST /v1/missions"])
        #expect(!FileManager.default.fileExists(atPath: home.statePath))
    }

    @Test("setup-agent makes the assistant, links it, assigns a number; again nothing is made")
    func agent() async throws {
        let home = try await MissionHome()
        _ = try await home("init", "Trip", "Call them.", "Please call.")
        let first = try await home("setup-agent", "trip", "Caller", "Ask.", "Hello", #"{"model":"m"}"#)
        #expect(first.output == "assistant asst3\nlinked to run r2\nnumber +15550100001\n", "\(first)")
        #expect(
            home.requests.suffix(7) == [
                "POST /v1/assistants", "GET /v1/missions/m1/runs/r2/agents",
                "POST /v1/missions/m1/runs/r2/agents",
                "GET /v1/missions/m1/runs/r2/agents", "GET /v1/assistants/asst3/connection-id",
                "GET /v1/numbers/account-phones/available", "PATCH /v1/numbers/account-phones/ph1",
            ])
        let body = home.service.requests.entries.last?.body
        #expect(body == #"{"connection_id":"conn-asst3","type":"voice"}"#)
        let second = try await home("setup-agent", "trip", "Caller", "Ask.", "Hello")
        #expect(second.output == first.output && home.requests.last == "GET /v1/missions/m1/runs/r2/agents")
    }

    @Test("without a free number it fails, keeps the assistant, and the next try uses it")
    func noNumber() async throws {
        let isFree = Mutex(false)
        let home = try await MissionHome { request, _ in
            request.target.hasSuffix("/available") && !isFree.withLock { $0 }
                ? .json(200, #"{"phone":null}"#) : nil
        }
        _ = try await home("init", "Trip", "a", "b")
        let first = try await home("setup-agent", "trip", "Caller", "Ask.", "Hello")
        #expect(first.status == 1 && first.errors.contains("no telephone number is free"))
        isFree.withLock { $0 = true }
        let second = try await home("setup-agent", "trip", "Caller", "Ask.", "Hello")
        #expect(second.status == 0 && home.requests.count { $0 == "POST /v1/assistants" } == 1)
    }

    @Test("a wrong slug is an error that names the closest; --create insists")
    func wrongSlug() async throws {
        let home = try await MissionHome()
        _ = try await home("init", "Trip", "a", "b")
        for words in [["setup-agent", "tripp", "n", "i", "g"], ["complete", "tripp", "m1", "r2", "Done."]] {
            let run = try await home.run(words)
            #expect(run.status == 1 && run.errors.contains("Did you mean trip?"), "\(run)")
        }
        #expect(home.requests.count == 3)
        #expect(try await home("setup-agent", "other", "n", "i", "g", "--create").status == 0)
        #expect(try await home("complete", "zzz", "m1", "r2", "Done.", "--create").status == 0)
        for words in [
            ["get-state", "tripp"], ["remove-state", "tripp"], ["get-memory", "tripp"], ["status", "tripp"],
        ] {
            let run = try await home.run(words)
            #expect(
                run.status == 1 && run.output.isEmpty && run.errors.contains("Did you mean trip?"), "\(run)")
        }
    }

    @Test("complete closes the run; the memory stays readable, and the name is free again")
    func complete() async throws {
        let home = try await MissionHome()
        _ = try await home("init", "Trip", "a", "b")
        _ = try await home("save-memory", "trip", "k", "v")
        let run = try await home("complete", "trip", "m1", "r2", "It is done.", #"{"n":1}"#)
        #expect(run.status == 0 && run.output == "r2\n")
        #expect(
            home.service.requests.entries.last?.body
                == #"{"status":"succeeded","result_summary":"It is done.","result_payload":{"n":1}}"#)
        #expect(try home.state()?["trip"] == nil)
        #expect(try await home("get-memory", "trip", "k").output == "v\n")
        #expect(try await home("list-state", "--archived").output == "trip: Trip [succeeded]\n")
        #expect(try await home("init", "Trip", "a", "b").output.hasPrefix("begun trip\n"))
    }

    @Test("a state file in the current folder is used when there is no other, and that is said")
    func currentFolder() async throws {
        let home = try await MissionHome()
        let folder = home.home.appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(#"{"old":{"memory":{"k":7}}}"#.utf8).write(
            to: folder.appending(path: ".missions_state.json"))
        let run = try await home("get-memory", "old", "k", folder: folder.path)
        #expect(run.output == "7\n" && run.errors.contains("move it to"))
        _ = try await home("save-memory", "new", "k", "v")
        #expect(try await home("get-memory", "old", "k", folder: folder.path).status == 1)
    }

    @Test("removed: into the archive first, then for good")
    func remove() async throws {
        let home = try await MissionHome()
        _ = try await home("save-memory", "trip", "k", "v")
        #expect(try await home("remove-state", "trip").output == "trip: moved into the archive as trip\n")
        #expect(try await home("get-memory", "trip", "k").output == "v\n")
        #expect(try await home("remove-state", "trip").output == "trip: deleted from the archive\n")
        #expect(try await home("remove-state", "trip").status == 1)
    }
}
