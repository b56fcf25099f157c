/// A client's text frame, taken apart.
package struct ClientFrame: Decodable, Equatable, Sendable {
    package let type: String
    package let api_key: String?
    package let owner_name: String?
    package let agent_name: String?
    package let call_id: String?
    package let request_id: String?
    package let text: String?
    package let reply: String?
    package let error: String?
    package let context: Context?

    package struct Context: Decodable, Equatable, Sendable {
        package let memory: String?
        package let system_prompt: String?
    }
}
