package import Ports

/// When to try the service again: exponential with full jitter, gentle on a service in trouble and quick for
/// a caller who is on the line.
package struct Backoff: Sendable {
    private var attempts = 0
    private var outageBegan: Duration?
    private var connectedAt: Duration?
    private var takeovers = 0

    /// A connection that held this long makes everything before it forgotten.
    private static let goodConnection = Duration.seconds(60)
    /// In seconds: one bad header must not silence the bridge for good.
    private static let longestRetryAfter = 600
    private static let longOutage = Duration.seconds(120)
    /// Logins with the same key, one after another without a good minute, before giving up (exit status 76).
    private static let tolerableTakeovers = 3
    /// The close code with which the service says that another client logged in with the same key.
    private static let takeover: UInt16 = 4000

    package init() {}

    package mutating func connected(at now: Duration) {
        connectedAt = now
        outageBegan = nil
    }

    /// The wait before the next try, or nil when other clients took over once too often.
    /// - Parameter random: from 0 to 1.
    package mutating func delay(
        after ending: WebSocketPortEnding, now: Duration, hasLiveCall: Bool, random: Double
    ) -> Duration? {
        if let connectedAt, now - connectedAt >= Self.goodConnection { (attempts, takeovers) = (0, 0) }
        connectedAt = nil
        outageBegan = outageBegan ?? now
        defer { attempts += 1 }
        if ending.closeCode == Self.takeover {
            takeovers += 1
            guard takeovers < Self.tolerableTakeovers else { return nil }
            return .seconds(5) * (1 << (takeovers - 1))
        }
        let isLong = now - (outageBegan ?? now) > Self.longOutage
        let first = hasLiveCall ? Duration.milliseconds(250) : .seconds(1)
        let ceiling = min(first * (1 << min(attempts, 16)), isLong ? .seconds(60) : .seconds(8))
        let jittered = ceiling * random
        return max(jittered, .seconds(min(ending.retryAfterSeconds ?? 0, Self.longestRetryAfter)))
    }
}
