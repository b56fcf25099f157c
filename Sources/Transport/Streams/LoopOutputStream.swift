package import Foundation

/// A Foundation output stream that an ``EventLoop`` writes without blocking. What it takes may be less than it is given:
/// the caller advances.
package class LoopOutputStream: OutputStream {
    private var status = Stream.Status.notOpen
    private var failure: TransportFailure?
    private weak var observer: (any StreamDelegate)?

    init() { super.init(toMemory: ()) }

    #if !canImport(Darwin)
        /// Required by the superclass on Linux only.
        package required init(toMemory: ()) { super.init(toMemory: ()) }
    #endif

    /// Takes all or a part of `bytes`.
    func send(_ bytes: UnsafeRawBufferPointer) -> StreamResult { .end }

    /// Bytes that ``send(_:)`` took but the socket did not yet (TLS records).
    var hasUnsentBytes: Bool { false }

    /// Hands the unsent bytes over, as far as the socket takes them. - Returns: what went wrong.
    func flush() -> TransportFailure? { nil }

    /// Says to the peer that nothing follows, where the layer has a word for it; sent with the next ``flush()``.
    func finish() {}

    /// Foundation's own way to write. -1 where nothing is taken now, with EAGAIN as ``streamError`` and the stream still
    /// open; the project's code calls ``send(_:)``, which says what it means.
    package override func write(_ buffer: UnsafePointer<UInt8>, maxLength len: Int) -> Int {
        switch send(UnsafeRawBufferPointer(start: buffer, count: len)) {
        case .bytes(let count): return count
        case .wouldBlock: failure = .system(.write, code: EAGAIN)
        case .end: (status, failure) = (.error, .ended(.write))
        case .failed(let error): (status, failure) = (.error, error)
        }
        return -1
    }

    package override var streamStatus: Stream.Status { status }
    package override var streamError: (any Error)? { failure }
    package override var hasSpaceAvailable: Bool { status == .open }
    package override var delegate: (any StreamDelegate)? {
        get { observer }
        set { observer = newValue }
    }

    package override func open() { status = .open }
    package override func close() { status = .closed }
    package override func schedule(in aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}
    package override func remove(from aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}

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

/// Writes to a socket.
final class SocketOutputStream: LoopOutputStream {
    private let socket: Socket?

    init(_ socket: Socket) {
        self.socket = socket
        super.init()
    }

    #if !canImport(Darwin)
        required init(toMemory: ()) {
            socket = nil
            super.init(toMemory: ())
        }
    #endif

    override func send(_ bytes: UnsafeRawBufferPointer) -> StreamResult { socket?.send(bytes) ?? .end }
}

/// The plaintext that a ``TLSChannel`` sends.
final class TLSOutputStream: LoopOutputStream {
    private let channel: TLSChannel?

    init(_ channel: TLSChannel) {
        self.channel = channel
        super.init()
    }

    #if !canImport(Darwin)
        required init(toMemory: ()) {
            channel = nil
            super.init(toMemory: ())
        }
    #endif

    override var hasUnsentBytes: Bool { channel?.hasUnsentBytes ?? false }
    override func flush() -> TransportFailure? { channel?.flush() }
    override func finish() { channel?.finish() }
    override func send(_ bytes: UnsafeRawBufferPointer) -> StreamResult { channel?.send(bytes) ?? .end }
}
