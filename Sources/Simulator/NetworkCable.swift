import Transport

/// A cable between the bridge and a stand-in: a relay on a port of its own that can be cut, go dead without a word, or
/// become slow.
package final class NetworkCable: Sendable {
    private let loop: EventLoop
    private let relay: LoopBound<CableRelay>
    package let port: Int

    package init(to port: Int) async throws {
        let loop = try EventLoop(name: "cable")
        self.loop = loop
        (relay, self.port) = try await loop.run {
            let relay = CableRelay(loop, to: port)
            return (LoopBound(relay, on: loop), try relay.listen(relay.reservation.port))
        }
    }

    deinit {
        let (loop, relay) = (loop, relay)
        loop.execute {
            relay.value.cut()
            loop.stop()
        }
    }

    /// Ends all connections and refuses others.
    package func cut() async { await perform { $0.cut() } }

    package func mend() async throws {
        let (relay, port) = (relay, port)
        _ = try await loop.run { if !relay.value.isListening { _ = try relay.value.listen(port) } }
    }

    /// Connections stay, and nothing comes through.
    package func goDead() async { await perform { $0.isDead = true } }
    package func revive() async { await perform { $0.isDead = false } }

    /// At most so many bytes come through in each direction of a connection every 20 ms; nil for all of them.
    package func limit(to bytesPerTick: Int?) async { await perform { $0.bytesPerTick = bytesPerTick } }

    private func perform(_ action: @escaping @Sendable (CableRelay) -> Void) async {
        let relay = relay
        try? await loop.run { action(relay.value) }
    }
}
