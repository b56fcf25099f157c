import Testing
import Wire

@testable import ClawdTalkAPI

@Suite("What the REST client repeats")
struct ServiceClientRetryTests {
    /// A thing that can go wrong once, and how often each method is sent then.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: ScriptedTransport.Answer
        let get: Int
        let post: Int
        let patch: Int
        let delete: Int
    }

    static let rows =
        [429, 502, 503, 504].map {
            Row(
                testDescription: "status \($0)", answer: .response($0), get: 2, post: 1, patch: 1, delete: 2)
        }
        + [400, 401, 402, 403, 404, 409, 422, 500, 501, 301, 307].map {
            Row(
                testDescription: "status \($0)", answer: .response($0), get: 1, post: 1, patch: 1, delete: 1)
        } + [
            Row(testDescription: "no connection", answer: .refused, get: 2, post: 2, patch: 1, delete: 2),
            Row(testDescription: "a lost answer", answer: .lost, get: 2, post: 1, patch: 1, delete: 2),
            Row(
                testDescription: "a web page", answer: .response(200, "<html>"), get: 1, post: 1, patch: 1,
                delete: 1),
        ]

    private static func send(_ method: String, _ client: ServiceClient) async throws(RESTFailure) -> JSONValue
    {
        switch method {
        case "GET": try await client.get(["a"])
        case "POST": try await client.post(["a"], ["b": 1])
        case "PATCH": try await client.patch(["a"], ["b": 1])
        default: try await client.delete(["a"])
        }
    }

    @Test("which methods, after what", arguments: rows)
    func methods(row: Row) async throws {
        for (method, times) in [
            ("GET", row.get), ("POST", row.post), ("PATCH", row.patch), ("DELETE", row.delete),
        ] {
            let transport = ScriptedTransport(row.answer, .response(200, #"{"ok":true}"#))
            let result = await Result(of: { () throws(RESTFailure) in
                try await Self.send(method, transport.client())
            })
            #expect(transport.requests.count == times, "\(method)")
            #expect(transport.requests.allSatisfy { $0 == transport.requests[0] && $0.method == method })
            #expect(transport.waits.count == times - 1)
            #expect(((try? result.get()) != nil) == (times == 2), "\(method)")
        }
    }

    @Test("three tries in all, with longer waits, each with its own deadline")
    func tries() async throws {
        let transport = ScriptedTransport(.lost)
        await #expect(throws: RESTFailure.noAnswer("lost")) { try await transport.client().get(["a"]) }
        #expect(
            transport.requests.count == 3 && transport.deadlines == [.seconds(9), .seconds(9), .seconds(9)])
        #expect(transport.waits == [.milliseconds(500), .milliseconds(1000)])
    }

    @Test(
        "Retry-After is kept when it is short, and left to the user when it is long",
        arguments: [
            (429, "7", [Duration.seconds(7)]), (503, "30", [.seconds(30)]), (429, "0", [.milliseconds(500)]),
            (429, "soon", [.milliseconds(500)]), (429, "31", []), (503, "86400", []),
        ])
    func retryAfter(status: Int, field: String, waits: [Duration]) async throws {
        let transport = ScriptedTransport(
            .response(status, fields: ["retry-after": field]), .response(200, #"{"ok":true}"#))
        let answer = try? await transport.client().get(["a"])
        #expect(transport.waits == waits)
        #expect((answer != nil) == !waits.isEmpty)
    }

    @Test("one who repeats by themselves gets one try, no longer than asked for")
    func once() async throws {
        let transport = ScriptedTransport(.lost)
        for limit in [Duration.seconds(4), .seconds(60)] {
            _ = try? await transport.client().once(within: limit).get(["a"])
        }
        #expect(transport.deadlines == [.seconds(4), .seconds(9)] && transport.waits.isEmpty)
    }

    @Test("a key that the service repeats is not passed on")
    func hiddenKey() async throws {
        let transport = ScriptedTransport(.response(401, #"{"error":"cc_secret is no key"}"#))
        await #expect(throws: RESTFailure.refused(RESTRefusal(status: 401, message: "… is no key"))) {
            try await transport.client().get(["a"])
        }
    }
}

extension Result where Failure == RESTFailure {
    fileprivate init(of body: () async throws(RESTFailure) -> Success) async {
        do throws(RESTFailure) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
