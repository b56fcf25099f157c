import ClawdTalkAPI
import Foundation
import Simulator
import Testing

@Suite("The memory of missions through the real program", .enabled(if: BridgeProcess.binary != nil))
struct MissionMemoryTests {
    @Test("what is kept is shown: texts as they are, everything else as JSON")
    func shown() async throws {
        let home = try await MissionHome()
        for (key, value) in [
            ("t", "hello"), ("n", "42"), ("o", #"{"a":[1.0]}"#), ("b", "true"), ("dash", "- first"),
        ] {
            #expect(try await home("save-memory", "trip", key, value).output == "saved \(key)\n")
        }
        #expect(try await home("get-memory", "trip", "t").output == "hello\n")
        #expect(try await home("get-memory", "trip", "n").output == "42\n")
        #expect(try await home("get-memory", "trip", "o").output == "{\n  \"a\": [\n    1.0\n  ]\n}\n")
        #expect(try await home("get-memory", "trip", "b").output == "true\n")
        #expect(try await home("get-memory", "trip", "dash").output == "- first\n")
        #expect(try await home("get-memory", "trip", "t", "--json").output == "\"hello\"\n")
        #expect(try await home("get-memory", "trip").output.hasPrefix("{\n  \"t\": \"hello\","))
        let absent = try await home("get-memory", "trip", "zzz")
        #expect(absent.status == 1 && absent.output.isEmpty)
        #expect(home.requests.isEmpty, "the memory is local")
    }

    @Test("a new slug beside a close one is made, with a note")
    func note() async throws {
        let home = try await MissionHome()
        #expect(try await home("append-memory", "find-plumbers", "k", "v").errors.isEmpty)
        let run = try await home("append-memory", "find-plumber", "k", "v")
        #expect(
            run.status == 0
                && run.errors == "note: find-plumber is new; find-plumbers is a mission already.\n")
    }

    @Test("--log writes an event of the step too, which the web page shows")
    func log() async throws {
        let home = try await MissionHome()
        _ = try await home.begin()
        #expect(try await home("save-memory", "trip", "k", #"{"a":1}"#, "--log", "s1").status == 0)
        let last = try #require(home.service.requests.entries.last)
        #expect(last.target == "/v1/missions/m1/runs/r2/events")
        #expect(
            JSONValue(parsing: last.body)
                == JSONValue(
                    parsing:
                        #"{"type":"custom","summary":"k: {\"a\":1}","agent_id":"claude-code","step_id":"s1","payload":{"key":"k","value":{"a":1}}}"#
                ))
        let without = try await home("append-memory", "none", "k", "v", "--log", "-")
        #expect(without.status == 1 && without.errors.contains("has no run"))
        #expect(try await home("get-memory", "none", "k").status == 0, "kept all the same")
    }

    @Test("fifty programs that append at once: fifty items")
    func fifty() async throws {
        let home = try await MissionHome()
        let statuses = try await withThrowingTaskGroup { group in
            for number in 0..<50 {
                group.addTask { try await home("append-memory", "trip", "k", "\(number)").status }
            }
            return try await group.reduce(into: [Int32]()) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 0, count: 50))
        let items = try home.state()?["trip"]?["memory"]?["k"]?.elements?.compactMap(\.integer)
        #expect(items?.sorted() == Array(0..<50))
    }

    @Test(
        "killed again and again in the middle: never a damaged file, and nothing that was said to be kept is lost"
    )
    func killed() async throws {
        let home = try await MissionHome()
        var generator = SystemRandomNumberGenerator()
        // A file of some size, so that writing takes its time.
        _ = try await home("save-memory", "trip", "long", String(repeating: "x", count: 100_000))
        // As long as the program takes here, with a sanitizer in it for example: kills are to fall before and after.
        let took = try await ContinuousClock().measure {
            _ = try await home("save-memory", "trip", "short", "x")
        }
        let tries = took < .milliseconds(200) ? 200 : 40
        let longest = UInt32(took / .microseconds(1) * 1.5)
        var (kept, finished) = (0, 0)
        for number in 0..<tries {
            let process = Process()
            process.executableURL = URL(filePath: BridgeProcess.binary ?? "")
            process.arguments = ["missions", "append-memory", "trip", "k", "\(number)"]
            process.environment = BridgeProcess.environment(home.home)
            process.currentDirectoryURL = home.home
            (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
            let status = try await withCheckedThrowingContinuation { result in
                process.terminationHandler = { result.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { return result.resume(throwing: error) }
                usleep(.random(in: 0...longest, using: &generator))
                kill(process.processIdentifier, SIGKILL)
            }
            finished += status == 0 ? 1 : 0
            let memory = try #require(try home.state()?["trip"]?["memory"], "after \(number)")
            let count = memory["k"]?.elements?.count ?? 0
            #expect(count >= kept && count >= finished && memory["long"]?.string?.count == 100_000)
            kept = count
        }
        // Both were seen: a change that was made, and one that was not.
        #expect(kept > 0 && kept < tries, "\(kept) of \(tries)")
        let names = try FileManager.default.contentsOfDirectory(atPath: home.home.path)
        #expect(!names.contains { $0.contains("damaged") })
        #expect(try await home("append-memory", "trip", "k", "last").status == 0)
        let rest = try FileManager.default.contentsOfDirectory(atPath: home.home.path).filter {
            $0.hasSuffix(".tmp")
        }
        #expect(rest.isEmpty)
    }
}
