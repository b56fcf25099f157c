import Foundation
import Testing

@testable import Transport

@Suite("RFC 8305: the first address that answers")
struct ConnectRaceTests {
    private let loop = EventLoop.forTests

    /// An address whose SYNs are dropped, as a dead route looks: a listener that accepts nobody, with its queue full.
    private final class DeadAddress: @unchecked Sendable {  // Proof: nothing changes after `init`.
        let address: SocketAddress
        private var descriptors: [Int32] = []

        init(_ host: String) throws {
            let any = try #require(SocketAddress(numericHost: host, port: 0))
            let listener = try Socket.open(any.family)
            descriptors.append(listener)
            #expect(any.withPointer { bind(listener, $0, $1) } == 0 && listen(listener, 0) == 0)
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let port = withUnsafeMutableBytes(of: &storage) { bytes in
                getsockname(listener, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length)
                return Int(bytes[2]) << 8 | Int(bytes[3])
            }
            address = try #require(SocketAddress(numericHost: host, port: port))
            for _ in 0..<4 {
                let descriptor = try Socket.open(any.family)
                _ = try Socket.connect(descriptor, to: address)
                descriptors.append(descriptor)
            }
        }

        deinit { descriptors.forEach { _ = close($0) } }
    }

    /// The outcome of a race, and how many addresses were tried for it.
    private func race(_ rounds: [[SocketAddress]]) async throws -> (
        Result<Int32, TransportError>, attempts: Int
    ) {
        let loop = loop
        return await withCheckedContinuation { continuation in
            loop.execute {
                var race: ConnectRace?
                race = ConnectRace(on: loop) { result in
                    if case .success(let descriptor) = result { _ = close(descriptor) }
                    continuation.resume(returning: (result, race?.attemptCount ?? 0))
                    race = nil
                }
                for (index, round) in rounds.enumerated() {
                    race?.add(round, isLast: index == rounds.count - 1)
                }
            }
        }
    }

    private func listener() async throws -> (LoopBound<Listener>, SocketAddress) {
        let loop = loop
        let listener = try await loop.run {
            let any = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
            return LoopBound(try Listener(any, on: loop) { _ in }, on: loop)
        }
        let port = try await loop.run { listener.value.port }
        return (listener, try #require(SocketAddress(numericHost: "127.0.0.1", port: port)))
    }

    @Test("a dead IPv6 route costs one delay, the address of the other family comes next")
    func deadRoute() async throws {
        let dead = try DeadAddress("::1")
        let (listener, live) = try await listener()
        let (result, attempts) = try await race([[dead.address, dead.address, live]])
        #expect(throws: Never.self) { try result.get() }
        #expect(attempts == 2 && ConnectRace.stagger <= .milliseconds(250))
        withExtendedLifetime((dead, listener)) {}
    }

    @Test("a refusal starts the next attempt, and the last one is told")
    func refusals() async throws {
        let (listener, closed) = try await listener()
        try await loop.run { listener.value.close() }
        for rounds in [[[closed, closed]], [[closed], []]] {
            let (result, _) = try await race(rounds)
            #expect(result == .failure(.system(.connect, code: ECONNREFUSED)))
        }
        let (other, live) = try await self.listener()
        let (result, attempts) = try await race([[closed], [closed, live]])
        #expect(throws: Never.self) { try result.get() }
        #expect(attempts == 3)
        withExtendedLifetime(other) {}
    }
}
