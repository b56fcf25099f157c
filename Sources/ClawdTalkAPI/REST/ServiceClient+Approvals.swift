/// Questions to the owner (shared/spec/rest-api.md 2, 36-38, and 8).
extension ServiceClient {
    package func requestApproval(_ approval: NewApproval) async throws(RESTFailure) -> JSONValue {
        try await post(["approvals"], approval.body)
    }

    package func approval(_ id: String) async throws(RESTFailure) -> JSONValue {
        try await get(["approvals", id])
    }

    /// - Parameter status: `pending`, `approved`, `denied` or `expired`; the service checks it.
    package func approvals(status: String) async throws(RESTFailure) -> JSONValue {
        try await get(["approvals"], query: [("status", status)])
    }
}
