import Foundation

/// Name resolution by getaddrinfo, off the loop because it blocks.
enum Resolver {
    struct Answer: Sendable {
        var addresses: [SocketAddress] = []
        var failure: String?
    }

    /// Calls `completion` on the loop. Numeric hosts and localhost (RFC 6761 §6.3) are answered without a
    /// thread.
    static func resolve(
        _ host: String, port: Int, on loop: EventLoop, completion: LoopBound<(Answer) -> Void>
    ) {
        if let immediate = immediateAnswer(host, port: port) {
            loop.execute { completion.value(immediate) }
            return
        }
        Thread.detachNewThread {
            let answer = lookUp(host, port: port, flags: AI_ADDRCONFIG)
            loop.execute { completion.value(answer) }
        }
    }

    private static func immediateAnswer(_ host: String, port: Int) -> Answer? {
        let names = host.lowercased() == "localhost" ? ["127.0.0.1", "::1"] : [host]
        let addresses = names.compactMap { SocketAddress(numericHost: $0, port: port) }
        return addresses.isEmpty ? nil : Answer(addresses: addresses)
    }

    static func lookUp(_ host: String, port: Int, flags: Int32) -> Answer {
        var hints = addrinfo()
        hints.ai_socktype = SystemCall.streamSocket
        hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else { return Answer(failure: String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(list) }
        var answer = Answer()
        var entry = list
        while let current = entry {
            if let address = current.pointee.ai_addr {
                answer.addresses.append(SocketAddress(address, length: current.pointee.ai_addrlen))
            }
            entry = current.pointee.ai_next
        }
        return answer
    }
}
