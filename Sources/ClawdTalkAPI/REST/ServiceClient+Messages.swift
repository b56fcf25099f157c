/// Text messages (shared/spec/rest-api.md 2, 33-35, and 7).
extension ServiceClient {
    /// - Parameter media: addresses of pictures and the like.
    package func sendMessage(_ text: String, to number: String, media: [String]) async throws(RESTFailure)
        -> JSONValue
    {
        try await post(
            ["messages", "send"],
            .members([
                "to": .string(number), "message": .string(text),
                "media_urls": media.isEmpty ? nil : .array(media.map { .string($0) }),
            ]))
    }

    /// The latest messages, with what the service says of their number.
    /// - Parameters:
    ///   - contact: only those from and to this number.
    ///   - direction: `inbound` or `outbound` only.
    package func messages(limit: Int, contact: String?, direction: String?) async throws(RESTFailure)
        -> JSONValue
    {
        let filters = [("contact", contact), ("direction", direction)].compactMap { name, value in
            value.map { (name, $0) }
        }
        return try await get(["messages"], query: [("limit", "\(limit)")] + filters)
    }

    package func conversations() async throws(RESTFailure) -> JSONValue {
        try await get(["messages", "conversations"])
    }
}
