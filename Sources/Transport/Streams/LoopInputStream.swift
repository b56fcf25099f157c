package import Foundation

/// A Foundation input stream that an ``EventLoop`` reads without blocking.
///
/// Delegates and run loops are not used: on Linux they never fire (shared/spec/style.md §3a). Every member of the class
/// cluster is overridden because Darwin requires it.
package class LoopInputStream: InputStream {
    private var status = Stream.Status.notOpen
    private var failure: TransportFailure?
    private weak var observer: (any StreamDelegate)?

    init() { super.init(data: Data()) }

    /// Whether bytes were taken from the socket that no read has handed out: the poller does not tell of them.
    var hasBufferedBytes: Bool { false }

    /// Reads what is there, at most as much as fits.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult { .end }

    /// Reads until nothing is there or the budget is spent, and hands each piece to `take`, which returns false to stop.
    /// - Returns: `wouldBlock` when nothing more is there, `bytes` when there may be more: the poller tells, or
    ///   ``hasBufferedBytes`` does.
    func drain(
        _ scratch: ReadScratch, _ budget: inout ReadBudget, _ take: (UnsafeRawBufferPointer) -> Bool
    ) -> StreamResult {
        while !budget.isSpent {
            let result = receive(into: scratch.received)
            guard case .bytes(let count) = result else { return result }
            budget.spend(count)
            guard take(UnsafeRawBufferPointer(rebasing: scratch.received[..<count])) else { break }
            // Less than there was room for: a further read would only be told to wait.
            if count < scratch.received.count { return .wouldBlock }
        }
        return .bytes(0)
    }

    /// Foundation's own way to read. -1 where there is nothing now, with EAGAIN as ``streamError`` and the stream still
    /// open; the project's code calls ``receive(into:)``, which says what it means.
    package override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength len: Int) -> Int {
        switch receive(into: UnsafeMutableRawBufferPointer(start: buffer, count: len)) {
        case .bytes(let count): return count
        case .end:
            status = .atEnd
            return 0
        case .wouldBlock:
            failure = .system(.read, code: EAGAIN)
            return -1
        case .failed(let error):
            (status, failure) = (.error, error)
            return -1
        }
    }

    package override var streamStatus: Stream.Status { status }
    package override var streamError: (any Error)? { failure }
    package override var hasBytesAvailable: Bool { status == .open }
    package override var delegate: (any StreamDelegate)? {
        get { observer }
        set { observer = newValue }
    }

    package override func open() { status = .open }
    package override func close() { status = .closed }
    package override func schedule(in aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}
    package override func remove(from aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}

    package override func getBuffer(
        _ buffer: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, length len: UnsafeMutablePointer<Int>
    ) -> Bool { false }

    #if canImport(Darwin)
        package override func property(forKey key: Stream.PropertyKey) -> Any? { nil }
        package override func setProperty(_ property: Any?, forKey key: Stream.PropertyKey) -> Bool { false }
    #else
        package override func property(forKey key: Stream.PropertyKey) -> AnyObject? { nil }
        package override func setProperty(_ property: AnyObject?, forKey key: Stream.PropertyKey) -> Bool {
            false
        }
    #endif
}

/// Reads from a socket.
final class SocketInputStream: LoopInputStream {
    private let socket: Socket

    init(_ socket: Socket) {
        self.socket = socket
        super.init()
    }

    override func receive(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult {
        socket.receive(into: buffer)
    }
}

/// The plaintext that a ``TLSChannel`` receives.
final class TLSInputStream: LoopInputStream {
    private let channel: TLSChannel

    init(_ channel: TLSChannel) {
        self.channel = channel
        super.init()
    }

    override var hasBufferedBytes: Bool { channel.hasBufferedBytes }

    override func receive(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult {
        channel.receive(into: buffer)
    }

    override func drain(
        _ scratch: ReadScratch, _ budget: inout ReadBudget, _ take: (UnsafeRawBufferPointer) -> Bool
    ) -> StreamResult {
        channel.drain(scratch, &budget, take)
    }
}
