import Foundation
import Wire

/// Asks a proxy, over a connected descriptor, for a tunnel to an endpoint. Loop only. Calls back once, or never when
/// nobody holds it any more; the socket stays the caller's.
final class ProxyTunnel {
    private let loop: EventLoop
    private let input: LoopInputStream
    private let output: LoopOutputStream
    private var request: ArraySlice<UInt8>
    private var parser = HTTPHeadParser(maximumHeadBytes: maximumBytes)
    private var bytesLeft = maximumBytes
    private var watch: LoopWatch?
    private var completion: ((TransportFailure?) -> Void)?

    /// Of all answers to the request together.
    private static let maximumBytes = 16 << 10

    /// - Parameter completion: with nil when the tunnel is there.
    init(
        to endpoint: Endpoint, through proxy: Proxy, _ socket: Socket, _ input: LoopInputStream,
        _ output: LoopOutputStream, on loop: EventLoop, completion: @escaping (TransportFailure?) -> Void
    ) {
        (self.loop, self.input, self.output, self.completion) = (loop, input, output, completion)
        var head = HTTPRequestHead(method: "CONNECT", target: endpoint.authorityWithPort)
        head.fields.append("Host", endpoint.authorityWithPort)
        if let authorization = proxy.authorization {
            head.fields.append("Proxy-Authorization", authorization)
        }
        request = head.serialized()[...]
        input.open()
        output.open()
        watch = loop.watch(socket, for: [.readable, .writable]) { [weak self] in self?.ready($0) }
    }

    private func ready(_ readiness: Readiness) {
        if readiness.contains(.lost) { return finish(loop.lossCause) }
        if readiness.contains(.writable), !request.isEmpty { write() }
        if readiness.contains(.readable), completion != nil { read() }
    }

    private func write() {
        while !request.isEmpty {
            switch request.withUnsafeBytes({ output.send($0) }) {
            case .bytes(let count): request = request.dropFirst(count)
            case .wouldBlock: return
            case .end: return finish(.ended(.proxy))
            case .failed(let error): return finish(error)
            }
        }
        watch?.interest = .readable
    }

    /// A byte at a time: what follows the head belongs to the tunnel.
    private func read() {
        var byte: UInt8 = 0
        while completion != nil {
            switch withUnsafeMutableBytes(of: &byte, { input.receive(into: $0) }) {
            case .bytes: take(byte)
            case .wouldBlock: return
            case .end: return finish(.ended(.proxy))
            case .failed(let error): return finish(error)
            }
        }
    }

    private func take(_ byte: UInt8) {
        do throws(HTTPFault) {
            bytesLeft -= 1
            guard bytesLeft >= 0 else { throw .headTooLarge(limitBytes: Self.maximumBytes) }
            guard let lines = try lines(with: byte) else { return }
            let head = try lines.response()
            // RFC 9110 §15.2: interim answers come before the final one. 101 is none: nobody asked for an upgrade.
            if (100...199).contains(head.status), head.status != 101 { return }
            finish((200...299).contains(head.status) ? nil : .proxyRefused(status: head.status))
        } catch {
            finish(.http(error))
        }
    }

    private func lines(with byte: UInt8) throws(HTTPFault) -> HTTPHeadLines? {
        var storage = byte
        return try withUnsafeBytes(of: &storage) { bytes in
            Result { () throws(HTTPFault) in
                var piece = bytes
                return try parser.consume(&piece)
            }
        }.get()
    }

    private func finish(_ error: TransportFailure?) {
        let completion = completion
        self.completion = nil
        watch = nil
        completion?(error)
    }
}
