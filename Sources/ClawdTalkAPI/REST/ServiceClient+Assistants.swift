/// Assistants and telephone numbers (shared/spec/rest-api.md 2, 17-24).
extension ServiceClient {
    package func createAssistant(_ assistant: NewAssistant) async throws(RESTFailure) -> JSONValue {
        try await post(["assistants"], assistant.body).content("assistant")
    }

    /// One page of the list, with what the service says of the others.
    package func assistants(page: Int, size: Int, name: String?) async throws(RESTFailure) -> JSONValue {
        try await get(["assistants"], query: Self.assistantsQuery(page: page, size: size, name: name))
    }

    /// All of them.
    package func assistants(size: Int = 25, name: String?) async throws(RESTFailure) -> [JSONValue] {
        try await list(
            ["assistants"], in: ["assistants", "data"],
            first: Self.assistantsQuery(page: 1, size: size, name: name)
        ) { Self.assistantsQuery(page: $0, size: size, name: name) }
    }

    private static func assistantsQuery(page: Int, size: Int, name: String?) -> [(String, String)] {
        [("pageSize", "\(size)"), ("page", "\(page)")] + (name.map { [("name", $0)] } ?? [])
    }

    package func assistant(_ assistant: String) async throws(RESTFailure) -> JSONValue {
        try await get(["assistants", assistant]).content("assistant").required("assistant")
    }

    package func updateAssistant(_ assistant: String, _ changes: JSONValue) async throws(RESTFailure) {
        _ = try await patch(["assistants", assistant], changes)
    }

    /// nil when the assistant has none for this feature.
    package func connectionID(of assistant: String, feature: String) async throws(RESTFailure) -> String? {
        try await get(["assistants", assistant, "connection-id"], query: [("feature", feature)])[
            "connection_id"]?
            .identifier
    }

    package func phones() async throws(RESTFailure) -> [JSONValue] {
        try await list(["numbers", "account-phones"], in: ["data", "phones"])
    }

    /// A number that nobody uses yet; nil when there is none.
    package func availablePhone() async throws(RESTFailure) -> JSONValue? {
        let phone = try await get(["numbers", "account-phones", "available"])["phone"]
        return phone?.isObject == true ? phone : nil
    }

    /// - Parameter type: `voice` or `sms`.
    package func assignPhone(_ phone: String, to connection: String, type: String) async throws(RESTFailure) {
        _ = try await patch(
            ["numbers", "account-phones", phone],
            .members(["connection_id": .string(connection), "type": .string(type)]))
    }
}
