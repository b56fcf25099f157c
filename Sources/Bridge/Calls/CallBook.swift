/// The calls that are going on.
package struct CallBook {
    private struct Call {
        var isGreeted = false
        var isOutbound = false
        var lastHeard: Duration
    }

    private var calls: [String: Call] = [:]

    /// A call whose end was never told is forgotten after this time without a sign of life.
    private static let longestSilence = Duration.seconds(4 * 3600)

    package init() {}

    /// Calls that gave a sign of life.
    package func liveCount(now: Duration) -> Int {
        calls.values.count { now - $0.lastHeard < Self.longestSilence }
    }

    /// Something came for this call: it lives.
    /// - Returns: whether it was not known.
    @discardableResult
    package mutating func heard(_ callID: String, now: Duration) -> Bool {
        if calls.values.contains(where: { now - $0.lastHeard >= Self.longestSilence }) {
            calls = calls.filter { now - $0.value.lastHeard < Self.longestSilence }
        }
        defer { calls[callID, default: Call(lastHeard: now)].lastHeard = now }
        return calls[callID] == nil
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

    package mutating func ended(_ callID: String) { calls[callID] = nil }
}
