import Missions
import Simulator
import Synchronization

/// The agent's session, in memory: what it is told, with the number of each message.
final class RecordingTeller: MissionTeller {
    let told = EventJournal<Message>()
    /// Then nothing reaches it.
    let isAway = Mutex(false)

    struct Message: Sendable, Equatable {
        let text: String
        let number: UInt32
        let since: Int?
    }

    func tell(_ text: String, number: UInt32, mayBeKnown since: Int?) async -> TellResult {
        told.append(Message(text: text, number: number, since: since))
        return isAway.withLock { $0 } ? .notTold : .told
    }
}
