/// What the agent's session is to be told; it waits in the record until it is, for a day.
package struct Tidings: Codable, Equatable, Sendable {
    let text: String
    /// Unix time.
    let since: Int
    /// The agent may know it already.
    var isSent = false
    var tries = 0
    /// Unix time.
    var nextTry: Int

    /// Seconds after which nobody needs to hear of it any more.
    static let lifetime = 86_400

    init(_ text: String, at now: Int) { (self.text, since, nextTry) = (text, now, now) }
}
