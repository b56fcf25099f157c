import Agent
import ClawdTalkAPI
import Ports

/// The answer to `POST /approvals`.
struct ApprovalCreation: Decodable {
    let id: String?
    let devices_notified: Int?

    private enum Keys: String, CodingKey { case request_id, devices_notified }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Keys.self)
        // Ids may be numbers.
        id =
            (try? fields.decode(String.self, forKey: .request_id))
            ?? (try? fields.decode(Int.self, forKey: .request_id)).map { String($0) }
        devices_notified = try? fields.decode(Int.self, forKey: .devices_notified)
    }
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
            action: action, expires_in: Int(timeToDecide.components.seconds))
        return send(rest.post(["approvals"], body), as: ApprovalCreation.self, completion: completion)
    }

    func approvalStatus(
        _ id: String, completion: @escaping (Result<ApprovalStatus, RESTFailure>) -> Void
    ) -> any Cancellable {
        send(rest.get(["approvals", id]), as: ApprovalStatus.self, completion: completion)
    }
}
