import Transport
import Wire

/// The part of a ``NetworkCable`` that lives on the loop.
final class CableRelay {
    private let loop: EventLoop
    private let target: Endpoint
    let reservation = PortReservation()
    private var listener: Listener?
    private var ends: [ObjectIdentifier: StreamChannel] = [:]
    private var dials: [ObjectIdentifier: Dial] = [:]
    /// What a slow cable holds back, by the end that it is for.
    private var backlogs: [ObjectIdentifier: [UInt8]] = [:]
    private var isTicking = false

    private static let tick = Duration.milliseconds(20)

    init(_ loop: EventLoop, to port: Int) {
        (self.loop, target) = (loop, Endpoint(isSecure: false, host: .loopback, port: port))
    }

    var isListening: Bool { listener != nil }

    var isDead = false {
        didSet { ends.values.forEach { $0.isReading = !isDead } }
    }

    /// nil lets everything through, and what was held back first.
    var bytesPerTick: Int? {
        didSet { if bytesPerTick == nil { passAll() } }
    }

    func listen(_ port: Int) throws -> Int {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: port) else { return 0 }
        let listener = try Listener(address, on: loop) { [weak self] in self?.accept($0) }
        self.listener = listener
        return listener.port
    }

    func cut() {
        listener?.close()
        listener = nil
        ends.values.forEach { $0.close() }
        (ends, dials, backlogs) = ([:], [:], [:])
    }

    private func accept(_ near: StreamChannel) {
        let id = ObjectIdentifier(near)
        ends[id] = near
        near.isReading = false
        dials[id] = Dial(target, on: loop, deadline: .seconds(5), tls: Self.noTLS) { [weak self] result in
            guard let self else { return }
            dials[id] = nil
            guard case .success(let far) = result, ends[id] != nil else { return drop(near, nil) }
            ends[ObjectIdentifier(far)] = far
            join(near, far)
            join(far, near)
            (near.isReading, far.isReading) = (!isDead, !isDead)
        }
    }

    private static func noTLS() throws(TransportFailure) -> TLSContext { throw .tlsSetUp("not used here") }

    private func join(_ from: StreamChannel, _ to: StreamChannel) {
        from.onBytes = { [weak self, weak to] bytes in
            if let to { self?.pass(Array(bytes), to: to) }
        }
        from.onEnd = { [weak self, weak from, weak to] _ in self?.drop(from, to) }
    }

    private func pass(_ bytes: [UInt8], to end: StreamChannel) {
        guard bytesPerTick != nil else { return end.write(bytes) }
        backlogs[ObjectIdentifier(end), default: []] += bytes
        tickSoon()
    }

    private func tickSoon() {
        guard !isTicking else { return }
        isTicking = true
        loop.schedule(after: Self.tick) { [weak self] in self?.ticked() }
    }

    private func ticked() {
        isTicking = false
        guard let bytesPerTick, !backlogs.isEmpty else { return }
        for (id, backlog) in backlogs {
            if !isDead { ends[id]?.write(Array(backlog.prefix(bytesPerTick))) }
            let rest = isDead ? backlog : Array(backlog.dropFirst(bytesPerTick))
            backlogs[id] = rest.isEmpty || ends[id] == nil ? nil : rest
        }
        tickSoon()
    }

    private func passAll() {
        let held = backlogs
        backlogs = [:]
        for (id, backlog) in held { ends[id]?.write(backlog) }
    }

    private func drop(_ first: StreamChannel?, _ second: StreamChannel?) {
        for end in [first, second].compactMap({ $0 }) {
            ends[ObjectIdentifier(end)] = nil
            backlogs[ObjectIdentifier(end)] = nil
            end.close()
        }
    }
}
