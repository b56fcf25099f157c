import Foundation

/// A ``TLSEngine`` over the two streams of a socket: what the TLS streams share. Loop only.
final class TLSSession {
    let engine: TLSEngine
    private let input: LoopInputStream
    private let output: LoopOutputStream
    private var ciphertext: [UInt8] = []
    private var sent = 0
    private var inputEnded = false
    private let readBuffer: UnsafeMutableRawBufferPointer

    /// - Parameter readBuffer: scratch space for ciphertext, not used across calls.
    init(
        engine: TLSEngine, input: LoopInputStream, output: LoopOutputStream,
        readBuffer: UnsafeMutableRawBufferPointer
    ) {
        (self.engine, self.input, self.output, self.readBuffer) = (engine, input, output, readBuffer)
    }

    var hasBufferedBytes: Bool { engine.hasBufferedBytes }
    var hasUnsentBytes: Bool { sent < ciphertext.count || engine.hasOutgoing }

    /// Goes on with the handshake; nil while it is not complete.
    func handshake() -> Result<Void, TransportError>? {
        while true {
            let outcome = engine.handshake()
            if let error = flush() { return .failure(error) }
            switch outcome {
            case .done: return .success(())
            case .failed(let fault): return .failure(.tls(fault))
            case .closed: return .failure(.ended(.tlsHandshake))
            case .wantsInput:
                switch receive() {
                case .bytes: continue
                case .wouldBlock: return nil
                case .end: return .failure(.ended(.tlsHandshake))
                case .failed(let error): return .failure(error)
                }
            }
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult {
        while true {
            switch engine.read(into: buffer) {
            case .done(let count): return .bytes(count)
            case .closed: return .end
            case .failed(let fault): return .failed(.tls(fault))
            case .wantsInput: break
            }
            if let error = flush() { return .failed(error) }
            switch receive() {
            case .bytes: continue
            case .wouldBlock: return .wouldBlock
            case .end: return .failed(.tls(.truncated))
            case .failed(let error): return .failed(error)
            }
        }
    }

    /// Takes plaintext only when the last ciphertext is gone, so that nothing piles up here.
    func write(_ bytes: UnsafeRawBufferPointer) -> StreamResult {
        if let error = flush() { return .failed(error) }
        if hasUnsentBytes { return .wouldBlock }
        switch engine.write(bytes) {
        case .done(let count):
            if let error = flush() { return .failed(error) }
            return .bytes(count)
        case .wantsInput: return .wouldBlock
        case .closed: return .end
        case .failed(let fault): return .failed(.tls(fault))
        }
    }

    /// Hands ciphertext to the socket as far as it takes it.
    func flush() -> TransportError? {
        while true {
            if sent == ciphertext.count {
                guard engine.hasOutgoing else { return nil }
                (ciphertext, sent) = (engine.takeOutgoing(), 0)
            }
            let count = ciphertext[sent...].withUnsafeBufferPointer {
                output.write($0.baseAddress!, maxLength: $0.count)
            }
            if count < 0 { return output.streamError as? TransportError }
            sent += count
        }
    }

    private func receive() -> StreamResult {
        guard !inputEnded, let base = readBuffer.baseAddress else { return .end }
        let count = input.read(base.assumingMemoryBound(to: UInt8.self), maxLength: readBuffer.count)
        if count > 0 {
            engine.receive(UnsafeRawBufferPointer(rebasing: readBuffer[..<count]))
            return .bytes(count)
        }
        if count == 0 {
            inputEnded = true
            return .end
        }
        return (input.streamError as? TransportError).map(StreamResult.failed) ?? .wouldBlock
    }
}
