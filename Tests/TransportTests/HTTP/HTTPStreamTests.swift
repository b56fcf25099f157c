import Testing
import Wire

@testable import Transport

@Suite("Bodies that are read as they come")
struct HTTPStreamTests {
    private let loop = try! EventLoop(name: "test")

    private enum Event: Equatable, Sendable {
        case head(Int)
        case bytes(String)
        case whole(String)
        case failed(TransportFailure, mayHaveArrived: Bool)
    }

    /// Asks and collects; the exchange is cancelled at the first bytes that contain `stop`.
    private func events(
        port: Int, takes: Bool = true, stop: String? = nil, deadline: Duration = .seconds(10),
        maximumBodyBytes: Int = 1 << 20
    ) async throws -> (AsyncStream<Event>, LoopBound<HTTPPool>) {
        let (events, feed) = AsyncStream.makeStream(of: Event.self)
        let loop = loop
        let client = try await loop.run {
            let client = HTTPPool(on: loop) { () throws(TransportFailure) in try TLSContext(trusting: .system)
            }
            var exchange: HTTPExchange?
            exchange = client.stream(
                HTTPRequest(method: "GET", url: "http://127.0.0.1:\(port)/"), deadline: deadline,
                maximumBodyBytes: maximumBodyBytes,
                onHead: { head in
                    feed.yield(.head(head.status))
                    return takes
                },
                onBytes: { bytes in
                    let text = String(decoding: bytes, as: UTF8.self)
                    feed.yield(.bytes(text))
                    guard let stop, text.contains(stop) else { return }
                    exchange?.cancel()
                    feed.finish()
                },
                completion: { result in
                    switch result {
                    case .success(let response):
                        feed.yield(.whole(String(decoding: response.body, as: UTF8.self)))
                    case .failure(let failure):
                        feed.yield(.failed(failure.cause, mayHaveArrived: failure.mayHaveArrived))
                    }
                    feed.finish()
                })
            return LoopBound(client, on: loop)
        }
        return (events, client)
    }

    private func answer(_ text: String) -> [UInt8] { Array(text.replacing("\n", with: "\r\n").utf8) }

    private static let chunked = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"

    @Test("the head comes first, the bytes as they come, the response at the end without them")
    func whole() async throws {
        let server = try await SilentServer(
            on: loop, greeting: answer(Self.chunked + "3\none\n3\ntwo\n0\n\n"))
        let (events, client) = try await events(port: server.port)
        #expect(
            await events.reduce(into: []) { $0.append($1) } == [.head(200), .bytes("onetwo"), .whole("")])
        withExtendedLifetime(client) {}
    }

    @Test("a body that is not wanted so comes whole")
    func unwanted() async throws {
        let server = try await SilentServer(on: loop, greeting: answer(Self.chunked + "3\none\n0\n\n"))
        let (events, client) = try await events(port: server.port, takes: false)
        #expect(await events.reduce(into: []) { $0.append($1) } == [.head(200), .whole("one")])
        withExtendedLifetime(client) {}
    }

    @Test("bytes are handed out before the end has come, and to cancel within them closes the connection")
    func cancel() async throws {
        let server = try await SilentServer(on: loop, greeting: answer(Self.chunked + "3\none\n"))
        let (events, client) = try await events(port: server.port, stop: "one")
        #expect(await events.reduce(into: []) { $0.append($1) } == [.head(200), .bytes("one")])
        #expect(await server.nextEnd())
        withExtendedLifetime(client) {}
    }

    @Test("the deadline is for all of it, and the size too")
    func limits() async throws {
        let server = try await SilentServer(on: loop, greeting: answer(Self.chunked + "3\none\n"))
        let (late, client) = try await events(port: server.port, deadline: .milliseconds(300))
        #expect(
            await late.reduce(into: []) { $0.append($1) } == [
                .head(200), .bytes("one"), .failed(.timedOut(.response), mayHaveArrived: true),
            ])
        let (large, other) = try await events(port: server.port, maximumBodyBytes: 2)
        #expect(
            await large.reduce(into: []) { $0.append($1) } == [
                .failed(.http(.bodyTooLarge(limitBytes: 2)), mayHaveArrived: true)
            ])
        withExtendedLifetime((client, other)) {}
    }
}
