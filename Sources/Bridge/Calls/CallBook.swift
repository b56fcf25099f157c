/// The calls that are in progress, and those that ended within the last hour.
package struct CallBook {
    private struct Call {
        var isGreeted = false
        var isOutbound = false
        var lastHeard: Duration
    }

    private var calls: [String: Call] = [:]
    private var ended = EndedCalls<Duration>()
    /// When calls that were lost are looked for next: not at every event.
    private var nextLook = Duration.zero

    /// A call whose end was never told is forgotten after this time without a sign of life.
    private static let longestSilence = Duration.seconds(4 * 3600)
    /// What comes later for a call that ended is of another one.
    private static let memory = Duration.seconds(3600)
    private static let lookInterval = Duration.seconds(60)

    package init() {}

    /// Calls that gave a sign of life.
    package func liveCount(now: Duration) -> Int { calls.values.count { Self.isLive($0, now: now) } }

    /// Something came for this call: it lives.
    /// - Returns: whether it was not known.
    @discardableResult
    package mutating func heard(_ callID: String, now: Duration) -> Bool {
        if now >= nextLook { forgetOld(now: now) }
        if let call = calls[callID], Self.isLive(call, now: now) {
            calls[callID]?.lastHeard = now
            return false
        }
        calls[callID] = Call(lastHeard: now)
        return true
    }

    /// Takes up a call that an earlier process greeted; its age stays what it was.
    package mutating func recover(_ callID: String, lastHeard: Duration) {
        calls[callID] = Call(isGreeted: true, lastHeard: lastHeard)
    }

    package mutating func markOutbound(_ callID: String) { calls[callID]?.isOutbound = true }

    /// Whether the agent made this call.
    package func isOutbound(_ callID: String) -> Bool { calls[callID]?.isOutbound ?? false }

    /// True once for each call, whichever event comes first.
    package mutating func shouldGreet(_ callID: String) -> Bool {
        guard calls[callID]?.isGreeted == false else { return false }
        calls[callID]?.isGreeted = true
        return true
    }

    /// - Parameter time: when its end was told, by an earlier process too; the earlier ones first.
    package mutating func ended(_ callID: String, at time: Duration) {
        calls[callID] = nil
        ended.insert(callID, at: time)
        ended.removeOlder(than: time - Self.memory)
    }

    /// Whether its end was told within the last hour: nothing brings it back to life.
    package mutating func hasEnded(_ callID: String, now: Duration) -> Bool {
        ended.removeOlder(than: now - Self.memory)
        return ended.contains(callID)
    }

    private mutating func forgetOld(now: Duration) {
        calls = calls.filter { Self.isLive($0.value, now: now) }
        nextLook = now + Self.lookInterval
    }

    private static func isLive(_ call: Call, now: Duration) -> Bool {
        now - call.lastHeard < longestSilence
    }
}
