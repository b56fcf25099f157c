import Foundation

/// A non-blocking stream socket. Its streams and its watch share it, and the descriptor is closed when the last of them
/// lets go: what is still watched is never closed.
final class Socket: Sendable {
    private let descriptor: Descriptor
    var number: Int32 { descriptor.number }

    /// - Parameter descriptor: of a non-blocking socket.
    init(_ descriptor: consuming Descriptor, family: Int32) {
        SystemCall.suppressPipeSignal(descriptor.number)
        if family != AF_UNIX {
            SystemCall.setOption(descriptor.number, SOL_SOCKET, SO_KEEPALIVE)
            SystemCall.setOption(descriptor.number, SystemCall.tcp, TCP_NODELAY)
        }
        self.descriptor = descriptor
    }

    /// A new socket. - Throws: ``TransportFailure/system(_:code:)`` when no descriptor is left.
    static func open(_ family: Int32, for operation: TransportFailure.Operation = .connect)
        throws(TransportFailure) -> Socket
    {
        let number = SystemCall.openSocket(family)
        guard number >= 0 else { throw .system(operation, code: errno) }
        return Socket(Descriptor(owning: number), family: family)
    }

    // MARK: connecting

    /// Starts connecting. - Returns: true when connected at once; false when writability will tell.
    func connect(to address: SocketAddress) throws(TransportFailure) -> Bool {
        let result = address.withPointer { Foundation.connect(number, $0, $1) }
        if result == 0 { return true }
        let code = errno
        guard Self.isUnderWay(code) else { throw .system(.connect, code: code) }
        return false
    }

    /// Whether writability will tell how connecting ended. EINTR: POSIX lets the attempt continue, and a second connect(2)
    /// would fail with EALREADY. EAGAIN is a failure: a Unix-domain listener whose backlog is full.
    static func isUnderWay(_ code: Int32) -> Bool { code == EINPROGRESS || code == EINTR }

    /// What became of a connect that writability ended; nil for a connection.
    var connectFailure: TransportFailure? {
        let code = SystemCall.pendingError(number)
        return code == 0 ? nil : .system(.connect, code: code)
    }

    /// Starts listening. - Throws: ``TransportFailure/system(_:code:)``.
    func listen(at address: SocketAddress, backlog: Int32) throws(TransportFailure) {
        SystemCall.setOption(number, SOL_SOCKET, SO_REUSEADDR)
        guard address.withPointer({ bind(number, $0, $1) }) == 0, Foundation.listen(number, backlog) == 0
        else {
            throw .system(.listen, code: errno)
        }
    }

    /// The next connection that waits on a listening socket; nil when there is none, with the reason in `errno`.
    func accept(family: Int32) -> Socket? {
        let accepted = Int32(SystemCall.retrying { Int(SystemCall.acceptSocket(number)) })
        return accepted >= 0 ? Socket(Descriptor(owning: accepted), family: family) : nil
    }

    /// The port that the socket is bound to, 0 for a Unix-domain one.
    var boundPort: Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            guard getsockname(number, pointer, &length) == 0 else { return 0 }
            let family = Int32(pointer.pointee.sa_family)
            guard family == AF_INET || family == AF_INET6 else { return 0 }
            // The port is in bytes 2 and 3 of both sockaddr_in and sockaddr_in6, most significant first.
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }

    // MARK: bytes

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult {
        let count = SystemCall.retrying { recv(number, buffer.baseAddress, buffer.count, 0) }
        if count > 0 { return .bytes(count) }
        if count == 0 { return .end }
        return SystemCall.wouldBlock ? .wouldBlock : .failed(.system(.read, code: errno))
    }

    /// Sends all or a part of `bytes`. Never raises SIGPIPE.
    func send(_ bytes: UnsafeRawBufferPointer) -> StreamResult {
        let count = SystemCall.retrying {
            Foundation.send(number, bytes.baseAddress, bytes.count, SystemCall.sendFlags)
        }
        if count >= 0 { return .bytes(count) }
        return SystemCall.wouldBlock ? .wouldBlock : .failed(.system(.write, code: errno))
    }

    /// Whether nothing has come that was not read, neither bytes nor an end nor an error.
    var isQuiet: Bool {
        var byte: UInt8 = 0
        return SystemCall.retrying { recv(number, &byte, 1, SystemCall.peek) } < 0 && SystemCall.wouldBlock
    }
}

/// An open file descriptor, closed when its owner goes. It cannot be copied, so its number never outlives the file behind
/// it, and no two owners close it.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// - Parameter number: a descriptor that nobody else closes.
    init(owning number: Int32) { self.number = number }

    deinit { _ = Foundation.close(number) }
}
