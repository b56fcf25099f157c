#if canImport(Darwin)
    import Darwin

    extension SystemCall {
        static let streamSocket = SOCK_STREAM
        static let sendFlags: Int32 = 0
        static let tcp = IPPROTO_TCP

        static func suppressPipeSignal(_ descriptor: Int32) {
            setOption(descriptor, SOL_SOCKET, SO_NOSIGPIPE)
        }
    }
#endif
