/// What a ``SimulatedService`` saw of its client.
package enum ServiceEntry: Equatable, Sendable {
    case connected(number: Int)
    case authenticated(number: Int)
    case message(ClientFrame, connection: Int)
    /// By REST.
    case request(method: String, target: String, body: String)
    case ended(number: Int, closeCode: UInt16?)
    /// A text message went out.
    case textSent(Text)

    package struct Text: Decodable, Equatable, Sendable {
        package let to: String
        package let message: String

        package init(to: String, message: String) { (self.to, self.message) = (to, message) }
    }

    package var frame: ClientFrame? { if case .message(let frame, _) = self { frame } else { nil } }
}
