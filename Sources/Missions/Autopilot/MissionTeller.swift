/// Tells the agent's session something that wants no answer.
package protocol MissionTeller: Sendable {
    /// - Parameters:
    ///   - number: what marks this message, the same at each try.
    ///   - since: Unix time after which an earlier try may have reached the agent; nil when there was none.
    /// - Returns: whether the agent has it.
    func tell(_ text: String, number: UInt32, mayBeKnown since: Int?) async -> Bool
}
