import Foundation
package import Ports
package import Wire

/// The service's REST API in memory: each request is handed to the test's script.
package final class ScriptedREST: HTTPStreamPort {
    package struct Call {
        package let method: String
        /// With the query.
        package let path: String
        package let body: [String: Any]
        package let at: Duration
    }

    package enum Answer {
        case json(
            after: Duration = .milliseconds(50), status: Int = 200, String, fields: [(String, String)] = [])
        case failure(after: Duration = .milliseconds(10), mayHaveArrived: Bool)
        case never
    }

    private let time: ManualTime
    package private(set) var calls: [Call] = []
    package var script: (Call) -> Answer = { _ in .never }

    package init(time: ManualTime) { self.time = time }

    /// Its answers come whole.
    package func stream(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        send(request, deadline: deadline, completion: completion)
    }

    package func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
        let path = request.url.components(separatedBy: "/v1").last ?? ""
        let call = Call(method: request.method, path: path, body: body, at: time.now)
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
        case .json(let delay, let status, let text, let fields):
            let head = HTTPResponseHead(status: status, fields: HTTPFields(fields))
            return time.schedule(after: delay) {
                completion(.success(HTTPResponse(head: head, body: Array(text.utf8))))
            }
        }
    }
}
