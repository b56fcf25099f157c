/// The calls that ended lately, so that what still comes for one does not bring it back to life: each for an hour, and at
/// most the latest 1,000.
struct EndedCalls<Time: Comparable> {
    private(set) var times: [String: Time] = [:]
    /// The earliest first.
    private var order: [String] = []

    private static var capacity: Int { 1_000 }

    var inOrder: [(callID: String, time: Time)] {
        order.compactMap { callID in times[callID].map { (callID, $0) } }
    }

    func contains(_ callID: String) -> Bool { times[callID] != nil }

    mutating func insert(_ callID: String, at time: Time) {
        if times.updateValue(time, forKey: callID) != nil { order.removeAll { $0 == callID } }
        order.append(callID)
        while order.count > Self.capacity { times[order.removeFirst()] = nil }
    }

    mutating func remove(_ callID: String) {
        if times.removeValue(forKey: callID) != nil { order.removeAll { $0 == callID } }
    }

    /// Forgets those that ended before `time`.
    mutating func removeOlder(than time: Time) {
        while let first = order.first, let ended = times[first], ended < time {
            order.removeFirst()
            times[first] = nil
        }
    }
}
