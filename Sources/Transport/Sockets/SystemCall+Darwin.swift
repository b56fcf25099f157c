#if canImport(Darwin)
    import Darwin

    extension SystemCall {
        static let streamSocket = SOCK_STREAM
        static let sendFlags: Int32 = 0
        static let peek = Int32(MSG_PEEK)
        static let tcp = IPPROTO_TCP

        static func openSocket(_ family: Int32) -> Int32 { prepared(socket(family, streamSocket, 0)) }

        static func acceptSocket(_ listener: Int32) -> Int32 { prepared(accept(listener, nil, nil)) }

        /// Both ends of a pipe, or nil when no descriptor is left.
        static func openPipe() -> (read: Int32, write: Int32)? {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return nil }
            return (prepared(ends[0]), prepared(ends[1]))
        }

        static func suppressPipeSignal(_ descriptor: Int32) {
            setOption(descriptor, SOL_SOCKET, SO_NOSIGPIPE)
        }

        /// Darwin has no call that opens a descriptor with these flags.
        private static func prepared(_ descriptor: Int32) -> Int32 {
            guard descriptor >= 0 else { return descriptor }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            return descriptor
        }
    }
#endif
