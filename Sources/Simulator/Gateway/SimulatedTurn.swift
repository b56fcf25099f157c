/// One message to a stand-in's agent.
final class SimulatedTurn {
    let message: String
    /// A turn of the user himself, as chat makes them.
    let isUsers: Bool
    /// Told what the agent says on the way, and its answer, which is the last.
    let onText: (_ text: String, _ isAnswer: Bool) -> Void

    init(_ message: String, isUsers: Bool, onText: @escaping (_ text: String, _ isAnswer: Bool) -> Void) {
        (self.message, self.isUsers, self.onText) = (message, isUsers, onText)
    }
}
