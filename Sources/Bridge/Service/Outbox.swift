package import ClawdTalkAPI

/// Answers on their way to the service, kept until the service proves that it has them.
///
/// A parcel counts as delivered when the pong to a ping that was written after it arrives on the same
/// connection: a later frame alone may have been on its way before. What is not proven when a connection ends
/// is written once more after the next login, under the same request id.
package struct Outbox {
    package struct Parcel: Equatable, Sendable {
        package let number: UInt64
        package let message: ClientMessage
        package let callID: String?
        let expiresAt: Duration
        var writtenOn: Int?
    }

    private var parcels: [Parcel] = []
    private var lastNumber: UInt64 = 0

    /// How long an answer is worth delivering, and how many may wait.
    package static let lifetime = Duration.seconds(120)
    private static let capacity = 1_000

    package init() {}

    package var waitingCount: Int { parcels.count }

    package mutating func add(_ message: ClientMessage, callID: String?, now: Duration) {
        lastNumber += 1
        if parcels.count == Self.capacity { parcels.removeFirst() }
        parcels.append(
            Parcel(number: lastNumber, message: message, callID: callID, expiresAt: now + Self.lifetime))
    }

    /// What is to be written on this connection now; it is marked as written there.
    package mutating func takeUnwritten(on connection: Int, now: Duration) -> [Parcel] {
        parcels.removeAll { $0.expiresAt <= now }
        var due: [Parcel] = []
        for index in parcels.indices where parcels[index].writtenOn != connection {
            parcels[index].writtenOn = connection
            due.append(parcels[index])
        }
        return due
    }

    /// The service has everything up to this number that was written on this connection.
    package mutating func confirm(upTo number: UInt64, on connection: Int) {
        parcels.removeAll { $0.number <= number && $0.writtenOn == connection }
    }

    /// Nobody is left to hear these.
    package mutating func dropCall(_ callID: String) { parcels.removeAll { $0.callID == callID } }
}
