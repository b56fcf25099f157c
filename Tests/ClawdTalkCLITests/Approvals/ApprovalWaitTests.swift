import ClawdTalkAPI
import Testing

@testable import ClawdTalkCLI

@Suite("The wait for the owner's decision")
struct ApprovalWaitTests {
    /// A clock that only sleeps move, and the service's answers one after another, the last one for ever.
    private final class Script {
        enum Answer {
            case status(String)
            case json(JSONValue)
            case failure(RESTFailure)
            /// Takes so long, then says that it is pending.
            case slow(Duration)
        }

        private let answers: [Answer]
        private(set) var now = Duration.seconds(1000)
        private(set) var looks: [Duration] = []
        private(set) var limits: [Duration] = []

        init(_ answers: [Answer]) { self.answers = answers }

        func wait(_ seconds: Int) -> ApprovalWait {
            ApprovalWait(
                timeLimit: .seconds(seconds), now: { self.now }, sleep: { self.now += $0 },
                look: { limit throws(RESTFailure) in try self.look(limit) })
        }

        private func look(_ limit: Duration) throws(RESTFailure) -> JSONValue {
            looks.append(now - .seconds(1000))
            limits.append(limit)
            switch answers[min(looks.count, answers.count) - 1] {
            case .status(let word): return .members(["status": .string(word)])
            case .json(let value): return value
            case .failure(let failure): throw failure
            case .slow(let time):
                now += min(time, limit)
                return .members(["status": "pending"])
            }
        }
    }

    @Test(
        "each word ends it",
        arguments: [
            ("approved", .decided(.approved)), ("denied", .decided(.denied)), ("expired", .decided(.expired)),
            ("Approved", .decided(.approved)), ("revoked", .unknown("revoked")), ("", .unknown("")),
        ] as [(String, ApprovalWait.Ending)])
    func words(word: String, ending: ApprovalWait.Ending) async throws {
        let script = Script([.status("pending"), .status(word)])
        #expect(try await script.wait(300).ending() == ending)
        #expect(script.looks == [.zero, .seconds(2)])
    }

    @Test("it looks at once, every two seconds, and a last time at the deadline")
    func deadline() async throws {
        let script = Script([.status("pending")])
        #expect(try await script.wait(5).ending() == .decided(.timeout))
        #expect(script.looks == [.zero, .seconds(2), .seconds(4), .seconds(5)])
        #expect(script.limits == [.seconds(5), .seconds(3), .seconds(1), .seconds(1)])
    }

    @Test("a yes that comes in the last moment counts")
    func lastMoment() async throws {
        let script = Script([.status("pending"), .status("approved")])
        #expect(try await script.wait(1).ending() == .decided(.approved))
        #expect(script.looks == [.zero, .seconds(1)])
    }

    @Test("an answer without a status is a request that is pending")
    func noStatus() async throws {
        let script = Script([.json(.empty), .json(.members(["status": .null])), .status("approved")])
        #expect(try await script.wait(300).ending() == .decided(.approved))
    }

    private static let passing: [RESTFailure] =
        [429, 500, 502, 503, 504, 599].map { .refused(RESTRefusal(status: $0)) } + [
            .notSent("refused"), .noAnswer("lost"),
        ]
    private static let lasting: [RESTFailure] =
        [301, 400, 401, 403, 404, 422].map { .refused(RESTRefusal(status: $0)) } + [.unreadable("a web page")]

    @Test("what may pass does not end it", arguments: passing)
    func borne(failure: RESTFailure) async throws {
        let script = Script([.failure(failure), .status("approved")])
        #expect(try await script.wait(300).ending() == .decided(.approved))
        #expect(script.looks == [.zero, .seconds(2)])
        #expect(try await Script([.failure(failure)]).wait(5).ending() == .decided(.timeout))
    }

    @Test("what will not pass ends it", arguments: lasting)
    func ended(failure: RESTFailure) async throws {
        let script = Script([.status("pending"), .failure(failure)])
        await #expect(throws: failure) { try await script.wait(300).ending() }
        #expect(script.looks.count == 2)
    }

    @Test(
        "an answer that is no object is no decision",
        arguments: [JSONValue.null, .array([]), "approved", true])
    func noObject(answer: JSONValue) async throws {
        await #expect(throws: RESTFailure.self) { try await Script([.json(answer)]).wait(9).ending() }
    }

    @Test(
        "Retry-After is kept, up to the deadline",
        arguments: [
            (7, [Duration.zero, .seconds(7)]), (1, [.zero, .seconds(2)]), (400, [.zero, .seconds(20)]),
        ])
    func retryAfter(seconds: Int, looks: [Duration]) async throws {
        let refusal = RESTRefusal(status: 429, retryAfterSeconds: seconds)
        let script = Script([.failure(.refused(refusal)), .status("approved")])
        #expect(try await script.wait(20).ending() == .decided(.approved))
        #expect(script.looks == looks)
    }

    @Test("a service that is slow does not make the wait longer")
    func slow() async throws {
        let script = Script([.slow(.seconds(60))])
        #expect(try await script.wait(10).ending() == .decided(.timeout))
        #expect(script.looks == [.zero] && script.now == .seconds(1010))
    }

    @Test("an interrupted sleep ends it")
    func interrupted() async throws {
        let script = Script([.status("pending")])
        let wait = ApprovalWait(
            timeLimit: .seconds(9), now: { script.now }, sleep: { _ in throw CancellationError() },
            look: { _ throws(RESTFailure) in .empty })
        await #expect(throws: CancellationError.self) { try await wait.ending() }
    }

    @Test(
        "only a yes is a success, and each other word has its own status",
        arguments: [
            ("approved", 0), ("denied", 10), ("timeout", 11), ("expired", 12), ("no_devices", 13),
        ] as [(String, Int32)])
    func statuses(word: String, status: Int32) {
        #expect(ApprovalOutcome(rawValue: word)?.exitStatus.rawValue == status)
    }
}
