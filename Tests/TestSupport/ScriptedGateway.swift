import Foundation
package import OpenClaw
package import Wire

/// A gateway in memory: each call is handed to the test's script, which says what comes back and when.
package final class ScriptedGateway: HTTPPort {
    package struct Call {
        package let tool: String
        package let sessionKey: String
        package let message: String?
        package let timeoutSeconds: Int?
        package let limit: Int?
        package let token: String?
        package let deadline: Duration
        package let at: Duration
    }

    package enum Answer {
        case json(
            after: Duration = .milliseconds(100), status: Int = 200, String, fields: [(String, String)] = [])
        case failure(after: Duration = .milliseconds(10), mayHaveArrived: Bool)
        case never

        /// A tool's result in `details`.
        package static func details(_ json: String, after: Duration = .milliseconds(100)) -> Answer {
            .json(after: after, #"{"ok":true,"result":{"content":[],"details":\#(json)}}"#)
        }

        package static func rows(_ rows: [String]) -> Answer {
            .details(#"{"sessionKey":"k","messages":[\#(rows.joined(separator: ","))]}"#)
        }
    }

    private let time: ManualTime
    package private(set) var calls: [Call] = []
    package var script: (Call) -> Answer = { _ in .never }

    package init(time: ManualTime) { self.time = time }

    package var sends: [Call] { calls.filter { $0.tool == "sessions_send" && $0.message != nil } }
    package var probes: [Call] { calls.filter { $0.tool == "sessions_send" && $0.message == nil } }
    package var looks: [Call] { calls.filter { $0.tool == "sessions_history" } }

    package func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        let call = Self.parse(request, deadline: deadline, at: time.now)
        calls.append(call)
        switch script(call) {
        case .never:
            return time.schedule(after: deadline) {
                completion(.failure(HTTPPortFailure(reason: "timed out", mayHaveArrived: true)))
            }
        case .failure(let delay, let mayHaveArrived):
            return time.schedule(after: delay) {
                completion(.failure(HTTPPortFailure(reason: "broken", mayHaveArrived: mayHaveArrived)))
            }
        case .json(let delay, let status, let body, let fields):
            let head = HTTPResponseHead(status: status, fields: HTTPFields(fields))
            return time.schedule(after: delay) {
                completion(.success(HTTPResponse(head: head, body: Array(body.utf8))))
            }
        }
    }

    private static func parse(_ request: HTTPRequest, deadline: Duration, at: Duration) -> Call {
        let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
        let arguments = body["args"] as? [String: Any] ?? [:]
        return Call(
            tool: body["tool"] as? String ?? "", sessionKey: arguments["sessionKey"] as? String ?? "",
            message: arguments["message"] as? String, timeoutSeconds: arguments["timeoutSeconds"] as? Int,
            limit: arguments["limit"] as? Int,
            token: request.fields["Authorization"].map { String($0.dropFirst("Bearer ".count)) },
            deadline: deadline, at: at)
    }
}
