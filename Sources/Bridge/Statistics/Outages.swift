package import Ports

/// When and why the line to the service was lost.
package struct Outages: Equatable, Sendable {
    package struct Outage: Equatable, Sendable {
        package let cause: String
        package let began: Duration
        /// nil while it lasts.
        package fileprivate(set) var ended: Duration?
    }

    /// The latest five, oldest first.
    package private(set) var recent: [Outage] = []
    /// Why the last try failed; nil when it did not.
    package private(set) var lastFailure: String?
    /// Since when no try found a network, that is, resolved the service's name or had a route to it.
    package private(set) var withoutNetworkSince: Duration?

    private static let mostRecent = 5

    package init() {}

    /// - Parameter wasReady: whether a line in use was lost, rather than a try to have one.
    package mutating func lost(_ ending: WebSocketPortEnding, wasReady: Bool, now: Duration) {
        lastFailure = ending.reason
        withoutNetworkSince = ending.hasNoNetwork ? withoutNetworkSince ?? now : nil
        guard wasReady else { return }
        if recent.count == Self.mostRecent { recent.removeFirst() }
        recent.append(Outage(cause: ending.reason, began: now))
    }

    package mutating func over(now: Duration) {
        (lastFailure, withoutNetworkSince) = (nil, nil)
        if let last = recent.indices.last, recent[last].ended == nil { recent[last].ended = now }
    }
}
