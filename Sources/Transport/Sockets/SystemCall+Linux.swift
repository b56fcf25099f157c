#if os(Linux)
    import Glibc

    extension SystemCall {
        static let streamSocket = Int32(SOCK_STREAM.rawValue)
        static let sendFlags = Int32(MSG_NOSIGNAL)
        static let tcp = Int32(IPPROTO_TCP)

        /// Linux has MSG_NOSIGNAL for each send; nothing to set on the socket.
        static func suppressPipeSignal(_ descriptor: Int32) {}
    }
#endif
