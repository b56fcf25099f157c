/// One piece of work in a ``Spool``.
package protocol SpoolEntry: Codable, Sendable {
    /// In the order of arrival; it names the entry in the spool, so that no id from outside has to.
    var number: Int { get }
    /// What the service calls it, to notice that it comes twice; nil when it has no name.
    var serviceID: String? { get }
    /// From here its age counts.
    var cameAt: Timestamp { get set }
    /// In seconds of the ``SteadyClock``; nil while there is work left.
    var finishedAt: Int? { get }
}
