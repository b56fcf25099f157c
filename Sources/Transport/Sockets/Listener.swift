import Foundation

/// A listening socket whose accepted connections come to a handler, after TLS where an identity is given.
/// Loop only. It listens until ``close()``, as long as somebody holds it.
package final class Listener {
    private let loop: EventLoop
    private let descriptor: Int32
    private let tls: TLSContext?
    private let onAccept: (StreamConnection) -> Void
    private var watch: LoopWatch?
    /// Connections whose TLS handshake is not complete.
    private var handshakes: [ObjectIdentifier: LoopWatch] = [:]

    /// The port that the system chose, for an Internet address.
    package let port: Int

    /// - Parameter address: port 0 lets the system choose one.
    package init(
        _ address: SocketAddress, on loop: EventLoop, tls: TLSContext? = nil,
        onAccept: @escaping (StreamConnection) -> Void
    ) throws(TransportError) {
        let descriptor = try Socket.open(address.family)
        SystemCall.setOption(descriptor, SOL_SOCKET, SO_REUSEADDR)
        let isBound = address.withPointer { bind(descriptor, $0, $1) } == 0
        guard isBound, listen(descriptor, 128) == 0 else {
            let code = errno
            _ = Foundation.close(descriptor)
            throw .system(.listen, code: code)
        }
        (self.loop, self.descriptor, self.tls, self.onAccept) = (loop, descriptor, tls, onAccept)
        port = Self.boundPort(descriptor)
        watch = loop.watch(descriptor, for: .readable) { [weak self] _ in self?.acceptAll() }
    }

    package func close() {
        guard let watch else { return }
        loop.unwatch(watch)
        self.watch = nil
        _ = Foundation.close(descriptor)
        for handshake in handshakes.values {
            loop.unwatch(handshake)
            _ = Foundation.close(handshake.descriptor)
        }
        handshakes = [:]
    }

    private static func boundPort(_ descriptor: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            guard getsockname(descriptor, pointer, &length) == 0 else { return 0 }
            // The port is in bytes 2 and 3 of both sockaddr_in and sockaddr_in6, most significant first.
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }

    private func acceptAll() {
        while isListening {
            let accepted = Int32(SystemCall.retrying { Int(accept(descriptor, nil, nil)) })
            guard accepted >= 0 else { return pauseIfExhausted() }
            Socket.configure(accepted, family: port == 0 ? AF_UNIX : AF_INET)
            let input = SocketInputStream(descriptor: accepted)
            let output = SocketOutputStream(descriptor: accepted)
            if let tls {
                startTLS(tls, accepted, input, output)
            } else {
                onAccept(StreamConnection(loop: loop, descriptor: accepted, input: input, output: output))
            }
        }
    }

    private var isListening: Bool { watch != nil }

    /// Out of descriptors: the listener would spin on a connection it cannot accept, so it rests for a
    /// moment.
    private func pauseIfExhausted() {
        guard errno == EMFILE || errno == ENFILE else { return }
        watch?.interest = []
        loop.schedule(after: .milliseconds(200)) { [weak self] in self?.watch?.interest = .readable }
    }

    private func startTLS(
        _ tls: TLSContext, _ accepted: Int32, _ input: SocketInputStream, _ output: SocketOutputStream
    ) {
        guard let engine = try? TLSEngine(context: tls, role: .server) else {
            _ = Foundation.close(accepted)
            return
        }
        input.open()
        output.open()
        let session = TLSSession(engine: engine, input: input, output: output, readBuffer: loop.readBuffer)
        let id = ObjectIdentifier(session)
        handshakes[id] = loop.watch(accepted, for: .readable) { [weak self] _ in
            guard let self, let watch = handshakes[id] else { return }
            switch session.handshake() {
            case nil: watch.interest = session.hasUnsentBytes ? [.readable, .writable] : .readable
            case .failure: endHandshake(id, keep: false)
            case .success:
                endHandshake(id, keep: true)
                onAccept(
                    StreamConnection(
                        loop: loop, descriptor: accepted, input: TLSInputStream(session: session),
                        output: TLSOutputStream(session: session)))
            }
        }
    }

    private func endHandshake(_ id: ObjectIdentifier, keep: Bool) {
        guard let watch = handshakes.removeValue(forKey: id) else { return }
        loop.unwatch(watch)
        if !keep { _ = Foundation.close(watch.descriptor) }
    }
}
