/// What the agent's session is to be told; it waits in the record until it is, for about a day.
package struct Tidings: Codable, Equatable, Sendable {
    let text: String
    /// Unix time.
    let since: Int
    /// The agent may know it already.
    var isSent = false
    var tries = 0
    /// Unix time.
    var nextTry: Int

    /// Seconds after which nobody needs to hear of it any more. A clock that jumped makes nothing old that was not tried for
    /// a while, and keeps nothing that was tried for a day.
    private static let lifetime = 86_400
    private static let fewestTries = 10
    private static let mostTries = 100

    func isOver(now: Int) -> Bool {
        tries >= Self.mostTries || tries >= Self.fewestTries && now - since >= Self.lifetime
    }

    init(_ text: String, at now: Int) { (self.text, since, nextTry) = (text, now, now) }
}
