import Foundation

/// Makes non-blocking stream sockets. The caller owns the descriptor and closes it.
enum Socket {
    static func open(_ family: Int32) throws(TransportError) -> Int32 {
        let descriptor = socket(family, SystemCall.streamSocket, 0)
        guard descriptor >= 0 else { throw .system(.connect, code: errno) }
        configure(descriptor, family: family)
        return descriptor
    }

    static func configure(_ descriptor: Int32, family: Int32) {
        SystemCall.makeNonBlocking(descriptor)
        SystemCall.suppressPipeSignal(descriptor)
        guard family != AF_UNIX else { return }
        SystemCall.setOption(descriptor, SystemCall.tcp, TCP_NODELAY)
        SystemCall.setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE)
    }

    /// Starts connecting. - Returns: true when connected at once; false when writability will tell.
    static func connect(_ descriptor: Int32, to address: SocketAddress) throws(TransportError) -> Bool {
        let result = address.withPointer { Foundation.connect(descriptor, $0, $1) }
        if result == 0 { return true }
        let code = errno
        guard isUnderWay(code) else { throw .system(.connect, code: code) }
        return false
    }

    /// Whether writability will tell how connecting ended. EINTR: POSIX lets the attempt continue, and a second connect(2)
    /// would fail with EALREADY. EAGAIN is a failure: a Unix-domain listener whose backlog is full.
    static func isUnderWay(_ code: Int32) -> Bool { code == EINPROGRESS || code == EINTR }
}
