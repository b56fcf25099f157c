import Foundation
import Testing
import Wire

@testable import Transport

@Suite("A peer that never stops sending", .timeLimit(.minutes(1)))
struct FloodTests {
    /// Sends as fast as the other side takes it, for as long as it is held; on a loop of its own.
    private final class Flood: Sendable {
        let port: Int
        private let loop: EventLoop
        private let listener: LoopBound<Listener>

        init(_ identity: SelfSignedIdentity?) async throws {
            let loop = try EventLoop(name: "flood")
            self.loop = loop
            let tls = try identity.map { identity throws(TransportFailure) in
                try TLSContext(identity: identity)
            }
            listener = try await loop.run {
                let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
                return LoopBound(
                    try Listener(address, on: loop, tls: tls) { stream in
                        let piece = [UInt8](repeating: 0x55, count: 1 << 20)
                        // The handler keeps the stream.
                        stream.onDrained = { loop.schedule(after: .zero) { stream.write(piece) } }
                        stream.onEnd = { _ in }
                        stream.write(piece)
                    }, on: loop)
            }
            let listener = listener
            port = try await loop.run { listener.value.port }
        }

        deinit { loop.stop() }
    }

    /// Under a sanitizer everything takes ten times as long.
    private static let limit: Duration =
        ProcessInfo.processInfo.environment["CLAWDTALK_SANITIZER"] == nil ? .milliseconds(50) : .seconds(5)

    @Test("leaves the loop to timers and jobs, plain and over TLS", arguments: [false, true])
    func others(isSecure: Bool) async throws {
        let identity = isSecure ? try SelfSignedIdentity() : nil
        let flood = try await Flood(identity)
        let loop = try EventLoop(name: "flooded")
        defer { loop.stop() }
        let (port, pem) = (flood.port, identity?.certificatePEM ?? "")
        let (pieces, feed) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let dial = try await loop.run {
            let endpoint = Endpoint(isSecure: isSecure, host: .loopback, port: port)
            let dial = Dial(
                endpoint, on: loop, deadline: .seconds(20),
                tls: { () throws(TransportFailure) in try TLSContext(trusting: .certificates(pem: pem)) }
            ) {
                guard case .success(let stream) = $0 else { return }
                stream.onBytes = { bytes in
                    feed.yield(bytes.count)
                    withExtendedLifetime(stream) {}
                }
            }
            return LoopBound(dial, on: loop)
        }
        #expect(await pieces.first { _ in true } != nil)
        var (jobs, timers): ([Duration], [Duration]) = ([], [])
        for _ in 0..<15 {
            let clock = ContinuousClock()
            jobs.append(try await clock.measure { try await loop.run {} })
            timers.append(
                await clock.measure {
                    await withCheckedContinuation { continuation in
                        loop.execute { loop.schedule(after: .milliseconds(1)) { continuation.resume() } }
                    }
                })
        }
        // The middle one: a machine with much else to do may be late now and then.
        #expect(jobs.sorted()[7] < Self.limit && timers.sorted()[7] < Self.limit, "\(jobs) \(timers)")
        withExtendedLifetime((flood, dial)) {}
    }
}
