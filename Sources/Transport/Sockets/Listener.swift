import Foundation

/// A listening socket whose accepted connections come to a handler, after TLS where an identity is given.
/// Loop only. It listens until ``close()``, or until nobody holds it any more.
package final class Listener {
    private let loop: EventLoop
    /// nil once it is closed.
    private var socket: Socket?
    private let family: Int32
    private let tls: TLSContext?
    private let onAccept: (StreamChannel) -> Void
    private var watch: LoopWatch?
    /// Connections whose TLS handshake is not complete, each with its deadline.
    private var handshakes: [UInt64: (handshake: TLSHandshake, deadline: LoopTimer)] = [:]
    private var lastHandshake: UInt64 = 0

    /// The port that the system chose, for an Internet address.
    package let port: Int

    /// A peer that says nothing is not waited for.
    static let handshakeDeadline = Duration.seconds(10)
    /// Handshakes at once; beyond it nobody is accepted until one ends.
    static let maximumHandshakes = 256
    /// Accepted in one turn of the loop, so that a flood of connections leaves time for others.
    private static let acceptsInARow = 32

    /// - Parameter address: port 0 lets the system choose one.
    /// - Throws: ``TransportFailure/system(_:code:)``.
    package init(
        _ address: SocketAddress, on loop: EventLoop, tls: TLSContext? = nil,
        onAccept: @escaping (StreamChannel) -> Void
    ) throws(TransportFailure) {
        let socket = try Socket.open(address.family, for: .listen)
        try socket.listen(at: address, backlog: 128)
        (self.loop, self.family, self.tls, self.onAccept) = (loop, address.family, tls, onAccept)
        self.socket = socket
        port = socket.boundPort
        watch = loop.watch(socket, for: .readable) { [weak self] in self?.ready($0) }
    }

    package func close() {
        (watch, socket) = (nil, nil)
        for entry in handshakes.values { entry.deadline.cancel() }
        handshakes = [:]
    }

    private func ready(_ readiness: Readiness) {
        guard readiness.contains(.lost) else { return acceptSome() }
        // Out of memory in the kernel passes; the end of the loop does not.
        if loop.lossCause == .cancelled { close() } else { pause() }
    }

    private func acceptSome() {
        var left = Self.acceptsInARow
        while let socket, left > 0 {
            left -= 1
            guard handshakes.count < Self.maximumHandshakes else { return pause() }
            guard let accepted = socket.accept(family: family) else {
                // Out of descriptors or memory: the listener would spin on a connection that it cannot accept.
                if ![EAGAIN, EWOULDBLOCK, ECONNABORTED].contains(errno) { pause() }
                return
            }
            let (input, output) = (SocketInputStream(accepted), SocketOutputStream(accepted))
            if let tls {
                startTLS(tls, accepted, input, output)
            } else {
                onAccept(StreamChannel(loop: loop, socket: accepted, input: input, output: output))
            }
        }
    }

    private func pause() {
        watch?.interest = []
        loop.schedule(after: .milliseconds(200)) { [weak self] in self?.watch?.interest = .readable }
    }

    private func startTLS(
        _ tls: TLSContext, _ accepted: Socket, _ input: SocketInputStream, _ output: SocketOutputStream
    ) {
        guard let machine = try? TLSMachine(context: tls, role: .server) else { return }
        lastHandshake += 1
        let id = lastHandshake
        let handshake = TLSHandshake(machine, over: accepted, input, output, on: loop) { [weak self] result in
            self?.endHandshake(id, accepted, result)
        }
        let deadline = loop.schedule(after: Self.handshakeDeadline) { [weak self] in
            self?.handshakes[id] = nil
        }
        handshakes[id] = (handshake, deadline)
    }

    private func endHandshake(
        _ id: UInt64, _ accepted: Socket, _ result: Result<TLSHandshake.Streams, TransportFailure>
    ) {
        handshakes.removeValue(forKey: id)?.deadline.cancel()
        guard case .success(let streams) = result else { return }
        onAccept(StreamChannel(loop: loop, socket: accepted, input: streams.input, output: streams.output))
    }
}
