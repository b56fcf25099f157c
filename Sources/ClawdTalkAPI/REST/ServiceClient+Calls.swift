/// Calls that the service makes (shared/spec/rest-api.md 2, 30-32, and 6).
extension ServiceClient {
    package func startCall(_ call: NewCall) async throws(RESTFailure) -> JSONValue {
        try await post(["calls"], call.body)
    }

    package func call(_ id: String) async throws(RESTFailure) -> JSONValue { try await get(["calls", id]) }

    package func endCall(_ id: String, reason: String) async throws(RESTFailure) -> JSONValue {
        try await post(["calls", id, "end"], .members(["reason": .string(reason)]))
    }
}
