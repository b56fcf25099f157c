import Foundation

/// When a race for a connection gets addresses, and in which order: those of IPv4 wait a moment for those of IPv6,
/// then IPv6 comes first and the families take turns (RFC 8305 §3 and §4). Pure: the caller tells when the moment is over.
struct AddressOrder {
    enum Step: Equatable {
        /// Nothing to do before the next answer.
        case wait
        /// Call ``delayEnded()`` after ``AddressOrder/resolutionDelay``.
        case startDelay
        /// Hand these to the race; after `isLast` there are no more.
        case race([SocketAddress], isLast: Bool)
        /// Every answer is there, and none had an address.
        case failed(reason: String)
    }

    /// RFC 8305 §8: the recommended resolution delay.
    static let resolutionDelay = Duration.milliseconds(50)

    private let isSorted: Bool
    private var answersLeft: Int
    private var held: [SocketAddress] = []
    private var hasDelay = false
    private var hasRaced = false
    private var failure: String?

    /// - Parameter answerCount: 1 for addresses whose order is known, 2 where the families are asked for separately.
    init(answerCount: Int) { (answersLeft, isSorted) = (answerCount, answerCount == 1) }

    mutating func answered(_ answer: Resolver.Answer) -> Step {
        answersLeft -= 1
        failure = failure ?? answer.failure
        held += answer.addresses
        if answersLeft == 0, held.isEmpty, !hasRaced {
            return .failed(reason: failure ?? "it has no address")
        }
        guard answersLeft > 0, !hasRaced else { return release() }
        if held.isEmpty || hasDelay { return .wait }
        if held.contains(where: { $0.family == AF_INET6 }) { return release() }
        hasDelay = true
        return .startDelay
    }

    mutating func delayEnded() -> Step {
        // The other answer came in time, and everything is in the race.
        hasRaced ? .wait : release()
    }

    private mutating func release() -> Step {
        defer { (held, hasRaced) = ([], true) }
        return .race(isSorted ? held : Self.interleaved(held), isLast: answersLeft == 0)
    }

    /// The families in turn, IPv6 first; each keeps the order of the system (RFC 6724).
    private static func interleaved(_ addresses: [SocketAddress]) -> [SocketAddress] {
        let six = addresses.filter { $0.family == AF_INET6 }
        let others = addresses.filter { $0.family != AF_INET6 }
        return (0..<max(six.count, others.count)).flatMap { index in
            [six, others].compactMap { index < $0.count ? $0[index] : nil }
        }
    }
}
