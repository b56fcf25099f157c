/// Calls and texts at a time, by an assistant (shared/spec/rest-api.md 2, 25-29).
extension ServiceClient {
    package func schedule(_ appointment: NewAppointment) async throws(RESTFailure) -> JSONValue {
        try await post(["assistants", appointment.assistant, "events"], appointment.body).content("event")
    }

    package func appointment(_ id: String, of assistant: String) async throws(RESTFailure) -> JSONValue {
        try await get(["assistants", assistant, "events", id]).content("event").required("event")
    }

    package func appointments(of assistant: String) async throws(RESTFailure) -> [JSONValue] {
        try await list(["assistants", assistant, "events"], in: ["events", "data"])
    }

    package func cancelAppointment(_ id: String, of assistant: String) async throws(RESTFailure) {
        _ = try await delete(["assistants", assistant, "events", id])
    }
}
