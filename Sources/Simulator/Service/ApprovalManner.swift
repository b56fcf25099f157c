/// What becomes of approval requests at a ``SimulatedService``.
package enum ApprovalManner: String, Sendable {
    /// No telephone is paired.
    case noDevice = "no-device"
    /// The owner says yes after a moment, and the event tells it.
    case approves
    case denies
    /// The event never comes; a poll tells the yes.
    case approvesUnheard = "approves-unheard"
    /// Nobody decides.
    case silent
    /// 500 for every request.
    case broken
}
