import Foundation
import Testing
import Wire

@testable import Transport

@Suite("A kept connection is looked at before it is used again", .timeLimit(.minutes(1)))
struct HTTPReuseTests {
    private static let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)

    private static func request(_ port: Int) -> HTTPRequest {
        HTTPRequest(method: "POST", url: "http://127.0.0.1:\(port)/", body: [1])
    }

    /// The second request of two, between which the server did something that the client's loop had no time to see.
    private func second(_ afterAnswer: @escaping @Sendable (StreamChannel) -> Void) async throws -> (
        Result<Int, HTTPFailure>, connections: Int
    ) {
        let (serverLoop, loop) = (try EventLoop(name: "server"), try EventLoop(name: "client"))
        defer {
            serverLoop.stop()
            loop.stop()
        }
        let connections = LoopBound(Counter(), on: serverLoop)
        let listener = try await serverLoop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: serverLoop) { stream in
                    connections.value.streams.append(stream)
                    stream.onBytes = { [unowned stream] _ in stream.write(Self.answer) }
                }, on: serverLoop)
        }
        let port = try await serverLoop.run { listener.value.port }
        let pool = try await loop.run {
            LoopBound(HTTPPool(on: loop) { () throws(TransportFailure) in throw .cancelled }, on: loop)
        }
        _ = try await send(pool, loop, port).get()
        let result: Result<Int, HTTPFailure> = await withCheckedContinuation { continuation in
            loop.execute {
                // The server acts, and its bytes or its end arrive, while this loop sees nothing.
                let done = DispatchSemaphore(value: 0)
                serverLoop.execute {
                    afterAnswer(connections.value.streams[0])
                    done.signal()
                }
                done.wait()
                pool.value.send(Self.request(port), deadline: .seconds(10)) {
                    continuation.resume(returning: $0.map(\.status))
                }
            }
        }
        let count = try await serverLoop.run { connections.value.streams.count }
        withExtendedLifetime(listener) {}
        return (result, count)
    }

    private final class Counter { var streams: [StreamChannel] = [] }

    private func send(_ pool: LoopBound<HTTPPool>, _ loop: EventLoop, _ port: Int) async -> Result<
        Int, HTTPFailure
    > {
        await withCheckedContinuation { continuation in
            loop.execute {
                pool.value.send(Self.request(port), deadline: .seconds(10)) {
                    continuation.resume(returning: $0.map(\.status))
                }
            }
        }
    }

    @Test("one that the server has closed meanwhile is not used: the question goes out on a new one")
    func closed() async throws {
        let (result, connections) = try await second { $0.close() }
        #expect(result == .success(200) && connections == 2)
    }

    @Test("one on which bytes lie that nobody asked for is not used: they would be read as the next answer")
    func unasked() async throws {
        let (result, connections) = try await second {
            $0.write(Array("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".utf8))
        }
        #expect(result == .success(200) && connections == 2)
    }

    @Test("one on which nothing happened is used again")
    func quiet() async throws {
        let (result, connections) = try await second { _ in }
        #expect(result == .success(200) && connections == 1)
    }

    @Test("one whose request was answered before all of it was written is not used again")
    func earlyAnswer() async throws {
        let loop = EventLoop.forTests
        let counter = LoopBound(Counter(), on: loop)
        let listener = try await loop.run {
            let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(
                try Listener(address, on: loop) { stream in
                    counter.value.streams.append(stream)
                    // Answers after the first bytes, and reads no more.
                    stream.onBytes = { [unowned stream] _ in
                        stream.isReading = false
                        stream.write(Self.answer)
                    }
                }, on: loop)
        }
        let port = try await loop.run { listener.value.port }
        let client = try await HTTPClient(on: loop) { () throws(TransportFailure) in throw .cancelled }
        var request = Self.request(port)
        request.body = [UInt8](repeating: 1, count: 32 << 20)
        #expect(try await client.response(to: request, deadline: .seconds(20)).status == 200)
        request.body = [1]
        #expect(try await client.response(to: request, deadline: .seconds(20)).status == 200)
        #expect(try await loop.run { counter.value.streams.count } == 2)
        withExtendedLifetime(listener) {}
    }
}
