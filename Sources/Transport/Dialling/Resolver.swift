import Foundation

/// Name resolution by getaddrinfo, off the loop because it blocks; each family on its own, so that one whose answer
/// does not come holds the other up for a moment only (RFC 8305 §3).
enum Resolver {
    struct Answer: Sendable {
        var addresses: [SocketAddress] = []
        var failure: String?
    }

    /// Calls `onAnswer` on the loop, once for a numeric host or localhost (RFC 6761 §6.3), otherwise once a family.
    /// - Returns: how many answers come.
    static func resolve(
        _ host: String, port: Int, on loop: EventLoop, onAnswer: LoopBound<(Answer) -> Void>
    ) -> Int {
        if let immediate = immediateAnswer(host, port: port) {
            loop.execute { onAnswer.value(immediate) }
            return 1
        }
        for family in [AF_INET6, AF_INET] {
            Thread.detachNewThread {
                let answer = lookUp(host, port: port, flags: AI_ADDRCONFIG, family: family)
                loop.execute { onAnswer.value(answer) }
            }
        }
        return 2
    }

    private static func immediateAnswer(_ host: String, port: Int) -> Answer? {
        let names = host.lowercased() == "localhost" ? ["127.0.0.1", "::1"] : [host]
        let addresses = names.compactMap { SocketAddress(numericHost: $0, port: port) }
        return addresses.isEmpty ? nil : Answer(addresses: addresses)
    }

    static func lookUp(_ host: String, port: Int, flags: Int32, family: Int32 = AF_UNSPEC) -> Answer {
        var hints = addrinfo()
        hints.ai_family = family
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
