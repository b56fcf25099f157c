import Foundation

/// A ``TLSMachine`` over the two streams of a socket: what the TLS streams share. Loop only.
final class TLSChannel {
    let machine: TLSMachine
    private let input: LoopInputStream
    private let output: LoopOutputStream
    private let scratch: ReadScratch
    private var ciphertext: [UInt8] = []
    private var sent = 0
    private var inputEnded = false

    init(_ machine: TLSMachine, input: LoopInputStream, output: LoopOutputStream, scratch: ReadScratch) {
        (self.machine, self.input, self.output, self.scratch) = (machine, input, output, scratch)
    }

    var hasBufferedBytes: Bool { machine.hasBufferedBytes }
    var hasUnsentBytes: Bool { sent < ciphertext.count || machine.hasOutgoing }

    /// Continues the handshake; nil while it is not complete.
    func handshake() -> Result<Void, TransportFailure>? {
        var outcome = machine.handshake()
        while true {
            // A failure has its last word too: the alert (RFC 8446 §6.2).
            if let error = flush() { return .failure(error) }
            switch outcome {
            case .done: return .success(())
            case .failed(let fault): return .failure(.tls(fault))
            case .closed: return .failure(.ended(.tlsHandshake))
            case .wantsInput: break
            }
            switch receiveCiphertext({ outcome = machine.handshake() }) {
            case .bytes: continue
            case .wouldBlock: return nil
            case .end: return .failure(.ended(.tlsHandshake))
            case .failed(let error): return .failure(error)
            }
        }
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult {
        var outcome = machine.read(into: buffer)
        while true {
            if let error = flush() { return .failed(error) }
            switch outcome {
            case .done(let count): return .bytes(count)
            case .closed: return .end
            case .failed(let fault): return .failed(.tls(fault))
            case .wantsInput: break
            }
            let result = receiveCiphertext { outcome = machine.read(into: buffer) }
            guard case .bytes = result else { return result == .end ? .failed(.tls(.truncated)) : result }
        }
    }

    /// Reads a piece of ciphertext, decrypts all of it, hands it on, and reads the next, as long as the budget lasts: no
    /// ciphertext and no plaintext waits here afterwards.
    func drain(
        _ scratch: ReadScratch, _ budget: inout ReadBudget, _ take: (UnsafeRawBufferPointer) -> Bool
    ) -> StreamResult {
        var (count, outcome) = decrypt(into: scratch.decrypted)
        while true {
            if let error = flush() { return .failed(error) }
            if count > 0, !take(UnsafeRawBufferPointer(rebasing: scratch.decrypted[..<count])) {
                return .bytes(0)
            }
            switch outcome {
            case .closed: return .end
            case .failed(let fault): return .failed(.tls(fault))
            case .done:
                (count, outcome) = decrypt(into: scratch.decrypted)
                continue
            case .wantsInput: break
            }
            guard !budget.isSpent else { return .bytes(0) }
            let result = receiveCiphertext { (count, outcome) = decrypt(into: scratch.decrypted) }
            guard case .bytes(let received) = result else {
                return result == .end ? .failed(.tls(.truncated)) : result
            }
            budget.spend(received)
        }
    }

    /// Decrypts until the machine has nothing left, or the buffer has no room for another record.
    private func decrypt(into buffer: UnsafeMutableRawBufferPointer) -> (count: Int, TLSMachine.Outcome) {
        var count = 0
        while count < buffer.count {
            let outcome = machine.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            guard case .done(let bytes) = outcome else { return (count, outcome) }
            count += bytes
        }
        return (count, .done(bytes: count))
    }

    /// Takes plaintext only when the last ciphertext is gone, so that nothing piles up here.
    func send(_ bytes: UnsafeRawBufferPointer) -> StreamResult {
        if let error = flush() { return .failed(error) }
        if hasUnsentBytes { return .wouldBlock }
        switch machine.write(bytes) {
        case .done(let count):
            if let error = flush() { return .failed(error) }
            return .bytes(count)
        case .wantsInput: return .wouldBlock
        case .closed: return .end
        case .failed(let fault): return .failed(.tls(fault))
        }
    }

    func finish() { machine.close() }

    /// Hands ciphertext to the socket as far as it takes it.
    func flush() -> TransportFailure? {
        while true {
            if sent == ciphertext.count {
                guard machine.hasOutgoing else {
                    if !ciphertext.isEmpty { (ciphertext, sent) = ([], 0) }
                    return nil
                }
                (ciphertext, sent) = (machine.takeOutgoing(), 0)
            }
            let result = ciphertext.withUnsafeBytes {
                output.send(UnsafeRawBufferPointer(rebasing: $0[sent...]))
            }
            switch result {
            case .bytes(let count): sent += count
            case .wouldBlock: return nil
            case .end: return .ended(.write)
            case .failed(let error): return error
            }
        }
    }

    /// Reads ciphertext once; `use` may consume it, and what it leaves is kept.
    private func receiveCiphertext(_ use: () -> Void) -> StreamResult {
        guard !inputEnded else { return .end }
        let result = input.receive(into: scratch.received)
        switch result {
        case .bytes(let count):
            machine.receive(UnsafeRawBufferPointer(rebasing: scratch.received[..<count]), use)
        case .end: inputEnded = true
        case .wouldBlock, .failed: break
        }
        return result
    }
}
