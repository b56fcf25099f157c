/// What becomes of an answer whose caller has hung up.
package enum AfterHangup: String, Codable, Sendable {
    /// The run goes on, and the answer is spoken at the beginning of the owner's next call.
    case finish
    /// It is sent to the owner as a text message.
    case text
    /// The owner is called with it.
    case callBack = "call_back"
    /// The run is stopped where that is possible.
    case cancel
}
