import Simulator
import Transport

/// A cable between the bridge and a stand-in: a relay on a port of its own that can be cut, or go dead without a word.
final class NetworkCable: Sendable {
    private let loop: EventLoop
    private let relay: LoopBound<Relay>
    let port: Int

    /// Loop only.
    private final class Relay {
        private let loop: EventLoop
        private let target: Endpoint
        let reservation = PortReservation()
        private var listener: Listener?
        private var ends: [ObjectIdentifier: StreamConnection] = [:]
        private var dials: [ObjectIdentifier: Dial] = [:]
        private var isDead = false

        init(_ loop: EventLoop, to port: Int) {
            (self.loop, target) = (loop, Endpoint(isSecure: false, host: "127.0.0.1", port: port))
        }

        func listen(_ port: Int) throws -> Int {
            guard let address = SocketAddress(numericHost: "127.0.0.1", port: port) else { return 0 }
            let listener = try Listener(address, on: loop) { [weak self] in self?.accept($0) }
            self.listener = listener
            return listener.port
        }

        private func accept(_ near: StreamConnection) {
            let id = ObjectIdentifier(near)
            ends[id] = near
            near.isReading = false
            dials[id] = Dial(target, on: loop, deadline: .seconds(5), tls: Self.noTLS) {
                [weak self] result in
                guard let self else { return }
                dials[id] = nil
                guard case .success(let far) = result, ends[id] != nil else { return drop(near, nil) }
                ends[ObjectIdentifier(far)] = far
                join(near, far)
                join(far, near)
                near.isReading = !isDead
            }
        }

        private static func noTLS() throws(TLSFault) -> TLSContext { throw .configuration("not used here") }

        private func join(_ from: StreamConnection, _ to: StreamConnection) {
            from.onBytes = { [weak to] in to?.write(Array($0)) }
            from.onEnd = { [weak self, weak from, weak to] _ in self?.drop(from, to) }
        }

        private func drop(_ first: StreamConnection?, _ second: StreamConnection?) {
            for end in [first, second].compactMap({ $0 }) {
                ends[ObjectIdentifier(end)] = nil
                end.close()
            }
        }

        func cut() {
            listener?.close()
            listener = nil
            ends.values.forEach { $0.close() }
            (ends, dials) = ([:], [:])
        }

        func setDead(_ isDead: Bool) {
            self.isDead = isDead
            ends.values.forEach { $0.isReading = !isDead }
        }
    }

    init(to port: Int) async throws {
        let loop = try EventLoop(name: "cable")
        self.loop = loop
        (relay, self.port) = try await loop.run {
            let relay = Relay(loop, to: port)
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
    func cut() async { await perform { $0.cut() } }

    func mend() async throws {
        let (relay, port) = (relay, port)
        _ = try await loop.run { try relay.value.listen(port) }
    }

    /// Connections stay, and nothing comes through.
    func goDead() async { await perform { $0.setDead(true) } }
    func revive() async { await perform { $0.setDead(false) } }

    private func perform(_ action: @escaping @Sendable (Relay) -> Void) async {
        let relay = relay
        try? await loop.run { action(relay.value) }
    }
}
