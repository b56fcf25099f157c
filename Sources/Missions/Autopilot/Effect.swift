/// Something that follows from what happened and has to reach its place, in order.
///
/// Effects wait in the record until they are done, so that a restart loses none of them.
package enum Effect: Codable, Equatable, Sendable {
    case step(id: String, status: String)
    /// - Parameters:
    ///   - payload: JSON.
    ///   - isSent: the service may have it already.
    case event(type: String, summary: String, step: String?, payload: String?, isSent: Bool)
    /// - Parameter value: JSON.
    case memory(key: String, value: String)
    /// An appointment is called off at the service.
    case cancel(id: String, assistant: String)
    /// - Parameter payload: JSON.
    case run(status: String, summary: String, payload: String?)
    case report

    static func event(_ type: String, _ summary: String, step: String?, payload: String? = nil) -> Effect {
        .event(type: type, summary: summary, step: step, payload: payload, isSent: false)
    }
}
