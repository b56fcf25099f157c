import ClawdTalkAPI
import OpenClaw

/// The answer to `POST /approvals`.
struct ApprovalCreation: Decodable {
    let request_id: String?
    let devices_notified: Int?
}

/// The answer to `GET /approvals/{id}`.
struct ApprovalStatus: Decodable {
    /// pending, approved, denied or expired.
    let status: String?
}

extension ServiceRequests {
    private struct Creation: Encodable {
        let action: String
        let require_biometric = false
        let expires_in: Int
    }

    @discardableResult
    func createApproval(
        action: String, timeToDecide: Duration,
        completion: @escaping (Result<ApprovalCreation, RESTFailure>) -> Void
    ) -> any Cancellable {
        let body = Creation(
            action: String(action.prefix(500)), expires_in: Int(timeToDecide.components.seconds))
        return send(rest.post(["approvals"], body), as: ApprovalCreation.self, completion: completion)
    }

    func approvalStatus(
        _ id: String, completion: @escaping (Result<ApprovalStatus, RESTFailure>) -> Void
    ) -> any Cancellable {
        send(rest.get(["approvals", id]), as: ApprovalStatus.self, completion: completion)
    }
}
