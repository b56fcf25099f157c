#if os(Linux)
    import CLinux
    import Glibc

    extension SystemCall {
        static let streamSocket = Int32(SOCK_STREAM.rawValue)
        static let sendFlags = Int32(MSG_NOSIGNAL)
        static let peek = Int32(MSG_PEEK)
        static let tcp = Int32(IPPROTO_TCP)

        /// Non-blocking and closed on exec from the beginning: a program that is started meanwhile does not get them.
        private static let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

        static func openSocket(_ family: Int32) -> Int32 { socket(family, streamSocket | flags, 0) }

        static func acceptSocket(_ listener: Int32) -> Int32 { accept4(listener, nil, nil, flags) }

        /// Both ends of a pipe, or nil when no descriptor is left.
        static func openPipe() -> (read: Int32, write: Int32)? {
            var ends: [Int32] = [-1, -1]
            return pipe2(&ends, O_NONBLOCK | O_CLOEXEC) == 0 ? (ends[0], ends[1]) : nil
        }

        /// Linux has MSG_NOSIGNAL for each send; nothing to set on the socket.
        static func suppressPipeSignal(_ descriptor: Int32) {}
    }
#endif
