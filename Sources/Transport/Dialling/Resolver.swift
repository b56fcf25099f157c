import Foundation
import Synchronization
import Wire

/// Name resolution by getaddrinfo, off the loop because it blocks; each family on its own, so that one whose answer
/// does not come holds the other up for a moment only (RFC 8305 §3). Threads and lookups are bounded by ``LookupMachine``.
package final class Resolver: Sendable {
    package struct Answer: Sendable {
        package var addresses: [SocketAddress] = []
        package var failure: String?

        package init(addresses: [SocketAddress] = [], failure: String? = nil) {
            (self.addresses, self.failure) = (addresses, failure)
        }
    }

    /// Asks the system for the addresses of a name in one family, and blocks until they are known. The ports are of no matter.
    package typealias Lookup = @Sendable (_ name: String, _ family: Int32) -> Answer

    /// Somebody's wish for answers.
    struct Interest {
        /// How many answers come.
        let answerCount: Int
        /// No more answers come, and what the handler holds is freed.
        let cancel: () -> Void
    }

    private struct State {
        var machine = LookupMachine()
        var handlers: [Int: @Sendable (Answer) -> Void] = [:]
        var lastWaiter = 0
    }

    /// The system's, one for the process: it is the number of its threads that must be bounded.
    package static let system = Resolver { Resolver.askSystem($0, family: $1) }

    private let state = Mutex(State())
    private let lookUp: Lookup
    private let now: @Sendable () -> Duration

    /// - Parameter now: the time since any fixed moment, to tell how long a lookup has been under way.
    package init(now: @escaping @Sendable () -> Duration = clock(), lookUp: @escaping Lookup) {
        (self.now, self.lookUp) = (now, lookUp)
    }

    private static func clock() -> @Sendable () -> Duration {
        let start = ContinuousClock.now
        return { start.duration(to: .now) }
    }

    /// Calls `onAnswer` on the loop, once for an address and for this machine's own names (RFC 6761 §6.3: they are not asked
    /// of DNS), otherwise once a family; never inside this call.
    func resolve(
        _ host: HostName, port: Int, on loop: EventLoop, onAnswer: LoopBound<(Answer) -> Void>
    ) -> Interest {
        let deliver: @Sendable (Answer) -> Void = { answer in
            var answer = answer
            for index in answer.addresses.indices { answer.addresses[index].port = port }
            let whole = answer
            loop.execute { onAnswer.value(whole) }
        }
        guard host.knownAddresses.isEmpty else {
            deliver(Answer(addresses: host.knownAddresses.map { SocketAddress($0, port: port) }))
            return Interest(answerCount: 1, cancel: {})
        }
        let waiters = [AF_INET6, AF_INET].map {
            ask(LookupMachine.Question(name: host.lookupName, family: $0), deliver)
        }
        return Interest(answerCount: waiters.count) { [self] in waiters.forEach(forget) }
    }

    private func ask(
        _ question: LookupMachine.Question, _ deliver: @escaping @Sendable (Answer) -> Void
    ) -> Int {
        let (waiter, admission) = state.withLock { state in
            state.lastWaiter += 1
            let admission = state.machine.ask(question, for: state.lastWaiter, now: now())
            if admission != .refused { state.handlers[state.lastWaiter] = deliver }
            return (state.lastWaiter, admission)
        }
        switch admission {
        case .joined: break
        case .start(let lookup): Thread.detachNewThread { [self] in run(lookup) }
        case .refused: deliver(Answer(failure: "too many lookups are waiting for the system's resolver"))
        }
        return waiter
    }

    private func forget(_ waiter: Int) {
        state.withLock { state in
            state.machine.leave(waiter)
            state.handlers[waiter] = nil
        }
    }

    /// On a thread of its own, until no lookup waits.
    private func run(_ first: LookupMachine.Lookup) {
        var next: LookupMachine.Lookup? = first
        while let lookup = next {
            let answer = lookUp(lookup.question.name, lookup.question.family)
            let handlers: [@Sendable (Answer) -> Void]
            (handlers, next) = state.withLock { state in
                let (waiters, next) = state.machine.finish(lookup.ticket, now: now())
                return (waiters.compactMap { state.handlers.removeValue(forKey: $0) }, next)
            }
            for deliver in handlers { deliver(answer) }
        }
    }

    private static func askSystem(_ name: String, family: Int32) -> Answer {
        var hints = addrinfo()
        hints.ai_family = family
        hints.ai_socktype = SystemCall.streamSocket
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
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
