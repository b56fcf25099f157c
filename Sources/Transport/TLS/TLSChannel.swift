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
    /// The reader paused in front of the end of the connection, or of a fault.
    private var owesOutcome = false
    private var writeFailure: TransportFailure?
    private var handshakeBytes = 0

    /// The certificates of a chain are a few KiB. A peer that sends more than this without an end makes us work for nothing.
    private static let largestHandshake = 192 << 10
    /// What the peer makes us answer (alerts, KeyUpdate) and does not take; our own bytes are at most one record.
    private static let mostUnsentBytes = 64 << 10

    init(_ machine: TLSMachine, input: LoopInputStream, output: LoopOutputStream, scratch: ReadScratch) {
        (self.machine, self.input, self.output, self.scratch) = (machine, input, output, scratch)
    }

    /// Whether there is something to read that no poller tells of.
    var hasBufferedBytes: Bool { owesOutcome || machine.hasBufferedBytes }
    var hasUnsentBytes: Bool { unsentBytes > 0 }
    private var unsentBytes: Int { ciphertext.count - sent + machine.outgoingBytes }

    /// Continues the handshake as far as the budget allows; nil while it is not complete.
    func handshake(_ budget: inout ReadBudget) -> Result<Void, TransportFailure>? {
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
            guard !budget.isSpent else { return nil }
            if machine.hasBufferedBytes {
                outcome = machine.handshake()
                continue
            }
            let result = receiveCiphertext { outcome = machine.handshake() }
            switch result {
            case .bytes(let count): handshakeBytes += count
            case .wouldBlock: return nil
            case .end: return .failure(.ended(.tlsHandshake))
            case .failed(let error): return .failure(error)
            }
            // A server may send data right behind the last of its handshake.
            if outcome == .wantsInput, handshakeBytes > Self.largestHandshake {
                outcome = .failed(
                    .protocolFailure("the handshake is larger than \(Self.largestHandshake) bytes"))
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
            if machine.hasBufferedBytes {
                outcome = machine.read(into: buffer)
                continue
            }
            let result = receiveCiphertext { outcome = machine.read(into: buffer) }
            guard case .bytes = result else { return result == .end ? .failed(.tls(.truncated)) : result }
        }
    }

    /// Reads a piece of ciphertext, decrypts it, hands it on, and reads the next, as long as the budget lasts. Ciphertext is
    /// left (``hasBufferedBytes``) only where a piece was too much work for it.
    func drain(
        _ scratch: ReadScratch, _ budget: inout ReadBudget, _ take: (UnsafeRawBufferPointer) -> Bool
    ) -> StreamResult {
        owesOutcome = false
        var (count, outcome) = decrypt(into: scratch.decrypted, &budget)
        while true {
            // A peer that has gone takes nothing, but what it sent before is still read; whoever writes hears of it.
            _ = flush()
            guard unsentBytes <= Self.mostUnsentBytes else {
                return .failed(.tls(.protocolFailure("the peer asks for more than it takes")))
            }
            if count > 0, !take(UnsafeRawBufferPointer(rebasing: scratch.decrypted[..<count])) {
                if case .wantsInput = outcome {} else { owesOutcome = true }
                return .bytes(0)
            }
            switch outcome {
            case .closed: return .end
            case .failed(let fault): return .failed(.tls(fault))
            case .done, .wantsInput: break
            }
            guard !budget.isSpent else { return .bytes(0) }
            if machine.hasBufferedBytes {
                (count, outcome) = decrypt(into: scratch.decrypted, &budget)
                continue
            }
            let result = receiveCiphertext { (count, outcome) = decrypt(into: scratch.decrypted, &budget) }
            guard case .bytes(let received) = result else {
                return result == .end ? .failed(.tls(.truncated)) : result
            }
            budget.spend(received)
        }
    }

    /// Decrypts until the machine has nothing left, the buffer has no room for another record, or the time is over.
    private func decrypt(into buffer: UnsafeMutableRawBufferPointer, _ budget: inout ReadBudget) -> (
        count: Int, TLSMachine.Outcome
    ) {
        var count = 0
        // Room for a whole record is always left: plaintext that does not fit would stay inside OpenSSL.
        while buffer.count - count >= ReadScratch.largestRecord {
            let outcome = machine.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            guard case .done(let bytes) = outcome else { return (count, outcome) }
            count += bytes
            // Behind a record may stand any number that bring nothing, and each of those costs more than a look at the clock.
            if budget.isSpent { break }
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

    /// Hands ciphertext to the socket as far as it takes it. After a failure nothing is sent any more.
    func flush() -> TransportFailure? {
        if let writeFailure {
            _ = machine.takeOutgoing()
            return writeFailure
        }
        while true {
            if sent == ciphertext.count {
                guard machine.outgoingBytes > 0 else {
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
            case .end: return fail(.ended(.write))
            case .failed(let error): return fail(error)
            }
        }
    }

    private func fail(_ error: TransportFailure) -> TransportFailure {
        (writeFailure, ciphertext, sent) = (error, [], 0)
        return error
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
