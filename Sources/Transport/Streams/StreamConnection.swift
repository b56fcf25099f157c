import Foundation

/// A connected descriptor with its two streams on an ``EventLoop``. Loop only.
///
/// Bytes come to ``onBytes``; the end, orderly or not, comes once to ``onEnd``, after which the descriptor is
/// closed.
package final class StreamConnection {
    let loop: EventLoop
    private let descriptor: Int32
    private let input: LoopInputStream
    private let output: LoopOutputStream
    private var watch: LoopWatch?
    private var pending: [UInt8] = []
    private var written = 0
    private var finishesWhenWritten = false

    /// The bytes are valid during the call only.
    package var onBytes: ((UnsafeRawBufferPointer) -> Void)?
    /// nil for an orderly end of the peer's side.
    package var onEnd: ((TransportError?) -> Void)?
    /// Called when everything that was queued is with the kernel.
    package var onDrained: (() -> Void)?
    /// Whether any byte was handed to the kernel (or, with TLS, to the encryption).
    package private(set) var hasWritten = false

    init(loop: EventLoop, descriptor: Int32, input: LoopInputStream, output: LoopOutputStream) {
        (self.loop, self.descriptor, self.input, self.output) = (loop, descriptor, input, output)
        input.open()
        output.open()
        watch = loop.watch(descriptor, for: .readable) { [weak self] readiness in self?.ready(readiness) }
        readBuffered()  // the peer's first bytes may have come together with its last of the TLS handshake
    }

    package var isOpen: Bool { watch != nil }

    private static let longestWrittenPrefix = 64 << 10
    private static let readsInARow = 8

    /// Bytes that wait for the kernel.
    package var queuedBytes: Int { pending.count - written }

    /// While false nothing is read and the peer is pushed back.
    package var isReading = true {
        didSet {
            guard isReading != oldValue, isOpen else { return }
            updateInterest()
            readBuffered()
        }
    }

    /// What TLS has taken from the descriptor already is announced by no poll(2).
    private func readBuffered() {
        guard isReading, input.hasBufferedBytes else { return }
        loop.schedule(after: .zero) { [weak self] in self?.readAvailable() }
    }

    /// Queues bytes; they go out at once as far as the kernel takes them.
    package func write(_ bytes: [UInt8]) {
        guard isOpen, !bytes.isEmpty else { return }
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

    /// Closes the connection once everything queued is written.
    package func finish() {
        finishesWhenWritten = true
        flush()
    }

    /// Closes at once; ``onEnd`` is not called.
    package func close() {
        guard let watch else { return }
        loop.unwatch(watch)
        self.watch = nil
        _ = output.flush()
        input.close()
        output.close()
        _ = Foundation.close(descriptor)
        (onBytes, onEnd, onDrained) = (nil, nil, nil)
    }

    /// Whoever let go of an open connection may be on any thread; without an owner its descriptor would keep the loop
    /// awake for ever.
    deinit {
        guard let watch else { return }
        let abandoned = LoopBound((watch: watch, descriptor: descriptor), on: loop)
        loop.execute { [loop] in
            loop.unwatch(abandoned.value.watch)
            _ = Foundation.close(abandoned.value.descriptor)
        }
    }

    private func ready(_ readiness: LoopWatch.Interest) {
        if readiness.contains(.writable) { flush() }
        if readiness.contains(.readable) { readAvailable() }
    }

    private func readAvailable() {
        let buffer = loop.readBuffer
        var mayHoldMore: Bool
        var left = Self.readsInARow
        repeat {
            guard isOpen, isReading, let base = buffer.baseAddress else { return }
            let count = input.read(base.assumingMemoryBound(to: UInt8.self), maxLength: buffer.count)
            if count == 0 { return end(nil) }
            if count < 0 {
                if let error = input.streamError { end(error as? TransportError) }
                break
            }
            onBytes?(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            // A full buffer: more waits most likely. But others on the loop get their turn.
            left -= 1
            mayHoldMore = count == buffer.count && left > 0
        } while mayHoldMore || input.hasBufferedBytes
        if isOpen, output.hasUnsentBytes { updateInterest() }
    }

    private func flush() {
        guard isOpen else { return }
        while written < pending.count {
            let count = pending[written...].withUnsafeBufferPointer {
                output.write($0.baseAddress!, maxLength: $0.count)
            }
            if count < 0 {
                if let error = output.streamError { return end(error as? TransportError) }
                break
            }
            written += count
            hasWritten = true
        }
        guard output.flush() else { return end(output.streamError as? TransportError) }
        if written == pending.count {
            (pending, written) = ([], 0)
            if finishesWhenWritten, !output.hasUnsentBytes { return end(nil) }
            onDrained?()
        }
        updateInterest()
    }

    private func updateInterest() {
        var interest: LoopWatch.Interest = isReading ? .readable : []
        if queuedBytes > 0 || output.hasUnsentBytes { interest.insert(.writable) }
        watch?.interest = interest
    }

    private func end(_ error: TransportError?) {
        let onEnd = onEnd
        close()
        onEnd?(error)
    }
}
