import Foundation
import Testing
import Wire

@testable import Transport

@Suite("The HTTP client against Python's http.server")
struct HTTPClientTests {
    private static let server = Result { try ServerProcess.script("http_server.py") }
    private static let other = Result { try ServerProcess.script("http_server.py") }
    private let loop = EventLoop.forTests

    private func session() async throws -> HTTPClient {
        try await HTTPClient(on: loop) { () throws(TransportFailure) in try TLSContext(trusting: .system) }
    }

    private func url(_ path: String) throws -> String {
        "http://127.0.0.1:\(try Self.server.get().port)\(path)"
    }

    private func text(_ path: String, fields: [(String, String)] = []) async throws -> String {
        let request = HTTPRequest(method: "GET", url: try url(path), fields: HTTPFields(fields))
        let response = try await session().response(to: request, deadline: .seconds(10))
        return String(decoding: response.body, as: UTF8.self)
    }

    private func cause(_ path: String, deadline: Duration = .seconds(10), maximumBodyBytes: Int = 1 << 20)
        async throws -> TransportFailure?
    {
        do {
            _ = try await session().response(
                to: HTTPRequest(method: "GET", url: try url(path)), deadline: deadline,
                maximumBodyBytes: maximumBodyBytes)
            return nil
        } catch { return (error as? HTTPFailure)?.cause }
    }

    @Test(
        "bodies by length, in chunks and until the end",
        arguments: [
            ("/hello", "hello"), ("/chunked", "one two three"), ("/until-end", "all of it"),
            ("/nothing", "no such thing"),
        ])
    func bodies(path: String, expected: String) async throws {
        #expect(try await text(path) == expected)
    }

    @Test("a body goes out and the answer comes back, on one connection for all")
    func keepAlive() async throws {
        let session = try await session()
        var ports: Set<[UInt8]> = []
        for _ in 0..<5 {
            ports.insert(
                try await session.response(
                    to: HTTPRequest(method: "GET", url: try url("/port")), deadline: .seconds(10)
                ).body)
            let post = HTTPRequest(method: "POST", url: try url("/reverse"), body: Array("abc".utf8))
            #expect(try await session.response(to: post, deadline: .seconds(10)).body == Array("cba".utf8))
        }
        #expect(ports.count == 1)
    }

    @Test("HEAD has no body")
    func head() async throws {
        let response = try await session().response(
            to: HTTPRequest(method: "HEAD", url: try url("/hello")), deadline: .seconds(10))
        #expect(response.status == 200 && response.body.isEmpty)
    }

    @Test("a body that is cut, and one over the limit, are errors")
    func broken() async throws {
        #expect(try await cause("/cut") == .ended(.response))
        #expect(try await cause("/big") == .http(.bodyTooLarge(limitBytes: 1 << 20)))
        #expect(try await cause("/big", maximumBodyBytes: 4 << 20) == nil)
    }

    @Test("a redirect within the origin keeps the bearer; one to another origin is followed only without it")
    func redirects() async throws {
        let bearer = [("Authorization", "Bearer secret")]
        #expect(try await text("/redirect?/bearer", fields: bearer) == "Bearer secret")
        let elsewhere = "http://127.0.0.1:\(try Self.other.get().port)/bearer"
        #expect(try await text("/redirect?\(elsewhere)") == "none")
        let request = HTTPRequest(
            method: "GET", url: try url("/redirect?\(elsewhere)"), fields: HTTPFields(bearer))
        let response = try await session().response(to: request, deadline: .seconds(10))
        #expect(response.status == 302 && response.head.fields["Location"] == elsewhere)
    }

    @Test("a redirected POST is not repeated, and endless redirects end")
    func redirectLimits() async throws {
        let post = HTTPRequest(method: "POST", url: try url("/redirect?/reverse"), body: [1])
        #expect(try await session().response(to: post, deadline: .seconds(10)).status == 307)
        #expect(try await cause("/redirect?/redirect?/redirect?/redirect?/hello") == .tooManyRedirects)
    }

    @Test("a refused connection proves that nothing arrived")
    func refused() async throws {
        let request = HTTPRequest(method: "POST", url: "http://127.0.0.1:1/x", body: [1])
        await #expect(
            throws: HTTPFailure(cause: .system(.connect, code: ECONNREFUSED), mayHaveArrived: false)
        ) {
            try await session().response(to: request, deadline: .seconds(5))
        }
    }

    @Test("an unknown host is said", arguments: ["http://nowhere.invalid/", "ftp://127.0.0.1/", "nonsense"])
    func unreachable(url: String) async throws {
        do {
            _ = try await session().response(to: HTTPRequest(method: "GET", url: url), deadline: .seconds(20))
            Issue.record("answered")
        } catch let failure as HTTPFailure {
            #expect(!failure.mayHaveArrived)
            switch failure.cause {
            case .unknownHost("nowhere.invalid", _), .badURL: break
            default: Issue.record("\(failure)")
            }
        }
    }

    @Test("a server that says nothing: the deadline, and cancellation closes the connection")
    func silent() async throws {
        let silent = try await SilentServer(on: loop)
        let request = HTTPRequest(method: "POST", url: "http://127.0.0.1:\(silent.port)/", body: [1])
        let session = try await session()
        await #expect(throws: HTTPFailure(cause: .timedOut(.response), mayHaveArrived: true)) {
            try await session.response(to: request, deadline: .seconds(2))
        }
        #expect(await silent.nextEnd())
        let asking = Task { try await session.response(to: request, deadline: .seconds(30)) }
        #expect(await silent.nextRequest())
        asking.cancel()
        await #expect(throws: TransportFailure.cancelled) { try await asking.value }
        #expect(await silent.nextEnd())
    }
}
