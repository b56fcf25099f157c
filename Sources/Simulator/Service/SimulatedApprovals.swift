import Foundation
import Transport
import Wire

/// `POST /v1/approvals` and `GET /v1/approvals[/ID]` of a ``SimulatedService``.
final class SimulatedApprovals {
    private let loop: EventLoop
    private let manner: ApprovalManner
    private let sendEvent: (_ event: String, _ members: [String: String]) -> Void
    private var statuses: [String: String] = [:]

    /// How long the owner thinks.
    private static let thought = Duration.milliseconds(300)

    init(
        _ manner: ApprovalManner, on loop: EventLoop,
        sendEvent: @escaping (_ event: String, _ members: [String: String]) -> Void
    ) {
        (self.manner, self.loop, self.sendEvent) = (manner, loop, sendEvent)
    }

    /// - Parameter path: below `/v1/approvals`.
    func answer(_ method: String, _ path: Substring) -> HTTPServer.Reply {
        guard manner != .broken else {
            return .json(500, ["error": ["code": "internal", "message": "broken"]])
        }
        if method == "POST" { return create() }
        let id = String(path.drop { $0 == "/" })
        guard !id.isEmpty, !id.hasPrefix("?") else { return .json(200, ["approvals": [] as [String]]) }
        guard let status = statuses[id] else {
            return .json(404, ["error": ["code": "not_found", "message": "no"]])
        }
        return .json(200, ["request_id": id, "status": status])
    }

    private func create() -> HTTPServer.Reply {
        let id = "approval-\(statuses.count + 1)"
        statuses[id] = "pending"
        if let decision = manner.decision {
            loop.schedule(after: Self.thought) { [self] in
                statuses[id] = decision
                guard manner != .approvesUnheard else { return }
                sendEvent("approval.responded", ["request_id": id, "decision": decision])
            }
        }
        return .json(
            201, ["request_id": id, "devices_notified": manner == .noDevice ? 0 : 1, "devices_failed": 0])
    }
}

extension ApprovalManner {
    fileprivate var decision: String? {
        switch self {
        case .approves, .approvesUnheard: "approved"
        case .denies: "denied"
        case .noDevice, .silent, .broken: nil
        }
    }
}
