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
        let result = address.withPointer { pointer, length in
            SystemCall.retrying { Int(Foundation.connect(descriptor, pointer, length)) }
        }
        if result == 0 { return true }
        // EAGAIN: a Unix-domain listener whose backlog is full.
        guard errno == EINPROGRESS else { throw .system(.connect, code: errno) }
        return false
    }
}
