/// Tells the agent's session something that wants no answer.
package protocol MissionTeller: Sendable {
    /// - Parameters:
    ///   - number: what marks this message, the same at each try.
    ///   - since: Unix time after which an earlier try may have reached the agent; nil when there was none.
    func tell(_ text: String, number: UInt32, mayBeKnown since: Int?) async -> TellResult
}

package enum TellResult: Sendable {
    case told
    /// Certainly not.
    case notTold
    case uncertain
}
