package import ClawdTalkAPI

/// Why work on a mission ended.
package enum MissionFailure: Error, Equatable, Sendable {
    /// Nothing is known of the slug; the closest one that is known.
    case unknown(slug: String, closest: String?)
    /// The mission has no run yet.
    case notStarted(slug: String)
    case noAgent(slug: String)
    /// The service would not do one of the steps, named as in "the plan was not made".
    case service(RESTFailure, String)
    /// Something of the service's could not be read, as in "the plan".
    case unread(RESTFailure, String)
    /// There is no telephone number that could be given to the agent.
    case noPhone
    /// The service says that it linked the agent, and does not list it.
    case notLinked(String)
    /// What the autopilot keeps of this mission cannot be read.
    case unreadableRecord(String)
    /// So many calls and texts are still scheduled.
    case callsOpen(Int)
    /// Another process works on the missions of this file just now.
    case busy
}
