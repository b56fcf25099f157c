import Foundation
import Testing

@testable import Transport

@Suite("RFC 8305: the first address that answers")
struct ConnectRaceTests {
    private let loop = EventLoop.forTests

    /// An address whose SYNs are dropped, as a dead route looks: a listener that accepts nobody, with its queue full.
    private struct DeadAddress {
        let address: SocketAddress
        private let sockets: [Socket]

        init(_ host: String) throws {
            let any = try #require(SocketAddress(numericHost: host, port: 0))
            let listener = try Socket.open(any.family)
            try listener.listen(at: any, backlog: 0)
            address = try #require(SocketAddress(numericHost: host, port: listener.boundPort))
            var sockets = [listener]
            for _ in 0..<4 {
                let socket = try Socket.open(any.family)
                _ = try socket.connect(to: address)
                sockets.append(socket)
            }
            self.sockets = sockets
        }
    }

    /// The outcome of a race, and how many addresses were tried for it.
    private func race(_ rounds: [[SocketAddress]]) async throws -> (
        Result<Void, TransportFailure>, attempts: Int
    ) {
        let loop = loop
        return await withCheckedContinuation { continuation in
            loop.execute {
                var race: ConnectRace?
                race = ConnectRace(on: loop) { result in
                    continuation.resume(returning: (result.map { _ in }, race?.attemptCount ?? 0))
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
            #expect(throws: TransportFailure.system(.connect, code: ECONNREFUSED)) { try result.get() }
        }
        let (other, live) = try await self.listener()
        let (result, attempts) = try await race([[closed], [closed, live]])
        #expect(throws: Never.self) { try result.get() }
        #expect(attempts == 3)
        withExtendedLifetime(other) {}
    }
}
