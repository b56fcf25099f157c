import Foundation

/// A connected socket with its two streams on an ``EventLoop``. Loop only.
///
/// Bytes come to ``onBytes``; the end, orderly or not, comes once to ``onEnd``. The descriptor is closed with the channel,
/// or when nobody holds the channel any more.
package final class StreamChannel {
    /// What is there while the connection is: the watch goes first, the socket with its last stream.
    private struct Parts {
        let socket: Socket
        let input: LoopInputStream
        let output: LoopOutputStream
        let watch: LoopWatch
    }

    package let loop: EventLoop
    private var parts: Parts?
    private var pending: [UInt8] = []
    private var written = 0
    private var finishesWhenWritten = false
    /// Nothing can be written any more; what the peer sent before is still read.
    private var writeFailure: TransportFailure?

    /// The bytes are valid during the call only.
    package var onBytes: ((UnsafeRawBufferPointer) -> Void)?
    /// nil for an orderly end of the peer's side.
    package var onEnd: ((TransportFailure?) -> Void)?
    /// Called when everything that was queued is with the kernel.
    package var onDrained: (() -> Void)?
    /// Bytes that were handed to the kernel (or, with TLS, to the encryption) so far.
    package private(set) var writtenBytes = 0

    init(loop: EventLoop, socket: Socket, input: LoopInputStream, output: LoopOutputStream) {
        self.loop = loop
        input.open()
        output.open()
        let watch = loop.watch(socket, for: .readable) { [weak self] in self?.ready($0) }
        parts = Parts(socket: socket, input: input, output: output, watch: watch)
        // The peer's first bytes may have come together with its last of the TLS handshake.
        readBuffered()
    }

    package var isOpen: Bool { parts != nil }

    private static let longestWrittenPrefix = 64 << 10

    /// Bytes that wait for the kernel.
    package var queuedBytes: Int { pending.count - written }

    /// Whether nothing is on its way: everything queued is with the kernel, and the peer has neither sent bytes nor ended
    /// its side since the last read.
    package var isQuiet: Bool {
        guard let parts, queuedBytes == 0, !parts.output.hasUnsentBytes else { return false }
        return !parts.input.hasBufferedBytes && parts.socket.isQuiet
    }

    /// While false nothing is read and the peer is pushed back.
    package var isReading = true {
        didSet {
            guard isReading != oldValue else { return }
            updateInterest()
            readBuffered()
        }
    }

    /// What was taken from the socket already is told by no poller.
    private func readBuffered() {
        guard isReading, parts?.input.hasBufferedBytes == true else { return }
        loop.schedule(after: .zero) { [weak self] in self?.readAvailable() }
    }

    /// Queues bytes; they go out at once as far as the kernel takes them.
    package func write(_ bytes: [UInt8]) {
        guard isOpen, writeFailure == nil, !bytes.isEmpty else { return }
        if queuedBytes == 0 {
            (pending, written) = (bytes, 0)
        } else {
            if written > Self.longestWrittenPrefix {
                pending.removeFirst(written)
                written = 0
            }
            pending += bytes
        }
        flush()
    }

    /// Ends the connection in order once everything queued is written; ``onEnd`` is called with nil.
    package func finish() {
        finishesWhenWritten = true
        flush()
    }

    /// Closes at once; ``onEnd`` is not called.
    package func close() {
        guard let parts else { return }
        self.parts = nil
        // RFC 8446 §6.1: close_notify says that all was sent, so it must not follow what is missing a part.
        if queuedBytes == 0, !parts.output.hasUnsentBytes {
            parts.output.finish()
            _ = parts.output.flush()
        }
        parts.input.close()
        parts.output.close()
        (onBytes, onEnd, onDrained) = (nil, nil, nil)
    }

    private func ready(_ readiness: Readiness) {
        if readiness.contains(.lost) { return end(loop.lossCause) }
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.readable) { readAvailable() }
    }

    private func readAvailable() {
        guard isReading, let parts else { return }
        var budget = ReadBudget()
        let result = parts.input.drain(loop.scratch, &budget) { bytes in
            onBytes?(bytes)
            return isOpen && isReading
        }
        // Whoever took the bytes may have closed the connection.
        guard isOpen else { return }
        switch result {
        case .end: end(nil)
        case .failed(let error): end(writeFailure ?? error)
        case .wouldBlock where writeFailure != nil: end(writeFailure)
        // Where more is there, the next turn of the loop takes it.
        case .bytes, .wouldBlock:
            updateInterest()
            readBuffered()
        }
    }

    private func flush() {
        guard writeFailure == nil, let output = parts?.output else { return }
        while written < pending.count {
            let result = pending.withUnsafeBytes {
                output.send(UnsafeRawBufferPointer(rebasing: $0[written...]))
            }
            switch result {
            case .bytes(let count):
                written += count
                writtenBytes += count
                continue
            case .failed(let error): return stopWriting(error)
            case .end: return stopWriting(.ended(.write))
            case .wouldBlock: break
            }
            break
        }
        if let error = output.flush() { return stopWriting(error) }
        if written == pending.count {
            (pending, written) = ([], 0)
            if finishesWhenWritten { return finishWritten(output) }
            if !output.hasUnsentBytes { onDrained?() }
        }
        updateInterest()
    }

    /// The peer is gone, but what it sent before it went may still lie in the kernel, its goodbye for one: that is read
    /// first, at the reader's pace, and then the connection ends.
    private func stopWriting(_ error: TransportFailure) {
        guard !finishesWhenWritten else { return end(error) }
        writeFailure = error
        (pending, written) = ([], 0)
        updateInterest()
        if isReading { loop.schedule(after: .zero) { [weak self] in self?.readAvailable() } }
    }

    /// The last words of the layer below go out before the end.
    private func finishWritten(_ output: LoopOutputStream) {
        output.finish()
        if let error = output.flush() { return end(error) }
        if output.hasUnsentBytes { updateInterest() } else { end(nil) }
    }

    private func updateInterest() {
        guard let parts else { return }
        var interest: Readiness = isReading ? .readable : []
        if writeFailure == nil, queuedBytes > 0 || parts.output.hasUnsentBytes { interest.insert(.writable) }
        parts.watch.interest = interest
    }

    private func end(_ error: TransportFailure?) {
        let onEnd = onEnd
        close()
        onEnd?(error)
    }
}
