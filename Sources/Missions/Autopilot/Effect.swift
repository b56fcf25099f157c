/// Something that follows from what happened and has to reach its place, in order.
///
/// Effects wait in the record until they are done, so that a restart loses none of them.
package enum Effect: Codable, Equatable, Sendable {
    case step(id: String, status: String)
    /// - Parameter payload: JSON.
    case event(type: String, summary: String, step: String?, payload: String?)
    /// - Parameter value: JSON.
    case memory(key: String, value: String)
    /// - Parameter payload: JSON.
    case run(status: String, summary: String, payload: String?)
    case report
    /// - Parameters:
    ///   - since: Unix time of its making.
    ///   - isSent: the agent may know it already.
    case tell(text: String, since: Int, isSent: Bool)
}
