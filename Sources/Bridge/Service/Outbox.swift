package import ClawdTalkAPI

/// Everything on its way to the service, kept until it was written, and what matters until the service proves that it
/// has it.
///
/// A parcel that needs proof counts as delivered when the pong to a ping that was written after it arrives on the same
/// connection: a later frame alone may have been on its way before. What is not proven when a connection ends is
/// written once more after the next login, under the same request id.
package struct Outbox {
    /// What a message is worth.
    package enum Kind: Equatable, Sendable {
        /// Said on the way: soon stale, and never worth saying twice.
        case progress
        /// A greeting or the like.
        case courtesy
        /// What somebody waits for.
        case answer

        var lifetime: Duration {
            switch self {
            case .progress: .seconds(5)
            case .courtesy: .seconds(20)
            case .answer: .seconds(120)
            }
        }

        var needsProof: Bool { self != .progress }
    }

    package struct Parcel: Equatable, Sendable {
        package let number: UInt64
        package let message: ClientMessage
        package let kind: Kind
        package let callID: String?
        /// The question that it belongs to.
        package let question: Int?
        /// Where a question's one result goes.
        package let resultOf: AnswerChannel?
        let expiresAt: Duration
        var writtenOn: Int?
    }

    private var parcels: [Parcel] = []
    private var lastNumber: UInt64 = 0

    private static let capacity = 1_000

    package init() {}

    package var waitingCount: Int { parcels.count }

    /// Whether the one result of a request was not proven to have arrived.
    package func holdsResult(of channel: AnswerChannel) -> Bool {
        parcels.contains { $0.resultOf == channel }
    }

    /// - Returns: what had to go for it, when too much waits.
    @discardableResult
    package mutating func add(
        _ message: ClientMessage, _ kind: Kind = .answer, callID: String?, question: Int? = nil,
        resultOf channel: AnswerChannel? = nil, now: Duration
    ) -> Parcel? {
        lastNumber += 1
        // An answer makes what was to be said on the way to it stale.
        if let question { parcels.removeAll { $0.question == question && $0.kind == .progress } }
        let dropped = parcels.count == Self.capacity ? makeRoom() : nil
        parcels.append(
            Parcel(
                number: lastNumber, message: message, kind: kind, callID: callID, question: question,
                resultOf: channel, expiresAt: now + kind.lifetime))
        return dropped
    }

    /// The oldest of the least worth goes.
    private mutating func makeRoom() -> Parcel {
        let index = parcels.firstIndex { $0.kind == .progress } ?? parcels.firstIndex { $0.kind == .courtesy }
        return parcels.remove(at: index ?? 0)
    }

    /// Takes out what came too late for anybody.
    package mutating func takeExpired(now: Duration) -> [Parcel] {
        let expired = parcels.filter { $0.expiresAt <= now }
        if !expired.isEmpty { parcels.removeAll { $0.expiresAt <= now } }
        return expired
    }

    /// What is to be written on this connection now; it is marked as written there.
    package mutating func takeUnwritten(on connection: Int) -> [Parcel] {
        var due: [Parcel] = []
        for index in parcels.indices where parcels[index].writtenOn != connection {
            parcels[index].writtenOn = connection
            due.append(parcels[index])
        }
        parcels.removeAll { !$0.kind.needsProof && $0.writtenOn != nil }
        return due
    }

    /// The service has everything up to this number that was written on this connection.
    /// - Returns: what it has since now.
    @discardableResult
    package mutating func confirm(upTo number: UInt64, on connection: Int) -> [Parcel] {
        let proven = parcels.filter { $0.number <= number && $0.writtenOn == connection }
        if !proven.isEmpty { parcels.removeAll { $0.number <= number && $0.writtenOn == connection } }
        return proven
    }

    /// Nobody is left to hear these.
    package mutating func dropCall(_ callID: String) { parcels.removeAll { $0.callID == callID } }
}
