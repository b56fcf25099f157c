/// What goes wrong with one request to send a text message.
package enum SendFault: Sendable {
    /// Refused with this status, and nothing is sent.
    case status(Int)
    /// 429 with Retry-After in seconds, and nothing is sent.
    case tooMany(retryAfter: Int)
    /// The message is sent, and the connection breaks inside the answer.
    case lostAnswer
    /// The message is sent, and a web page answers.
    case page
}
