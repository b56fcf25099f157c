import Foundation
package import Ports
package import Wire

/// A gateway in memory: each call is handed to the test's script, which says what comes back and when.
package final class ScriptedGateway: HTTPStreamPort {
    package struct Call {
        package let tool: String
        package let sessionKey: String
        package let message: String?
        package let timeoutSeconds: Int?
        package let limit: Int?
        package let includesTools: Bool
        package let token: String?
        package let deadline: Duration
        package let at: Duration
    }

    package enum Answer {
        case json(
            after: Duration = .milliseconds(100), status: Int = 200, String, fields: [(String, String)] = [])
        case failure(
            after: Duration = .milliseconds(10), mayHaveArrived: Bool, hasTooManyOpenFiles: Bool = false)
        case never
        /// An event stream: its pieces, each so long after the one before, then its end, unless that is nil.
        case stream([Piece], end: StreamEnd?, contentType: String = "text/event-stream; charset=utf-8")

        /// A tool's result in `details`.
        package static func details(_ json: String, after: Duration = .milliseconds(100)) -> Answer {
            .json(after: after, #"{"ok":true,"result":{"content":[],"details":\#(json)}}"#)
        }

        /// A tool that is not allowed.
        package static let notFound = Answer.json(
            status: 404, #"{"ok":false,"error":{"type":"not_found"}}"#)

        package static func rows(_ rows: [String]) -> Answer {
            .details(#"{"sessionKey":"k","messages":[\#(rows.joined(separator: ","))]}"#)
        }
    }

    package enum StreamEnd { case orderly, broken }

    package struct Piece {
        let delay: Duration
        let bytes: [UInt8]

        package init(after delay: Duration = .milliseconds(20), _ text: String) {
            (self.delay, bytes) = (delay, Array(text.utf8))
        }

        package init(after delay: Duration = .milliseconds(20), bytes: [UInt8]) {
            (self.delay, self.bytes) = (delay, bytes)
        }
    }

    private let time: ManualTime
    package private(set) var calls: [Call] = []
    package var script: (Call) -> Answer = { _ in .never }

    package init(time: ManualTime) { self.time = time }

    package var sends: [Call] { calls.filter { $0.tool == "sessions_send" && $0.message != nil } }
    package var chats: [Call] { calls.filter { $0.tool == "chat" } }
    package var chatProbes: [Call] { calls.filter { $0.tool == "chat-probe" } }
    /// Streams that were cancelled before their end.
    package private(set) var closedStreams = 0
    package var probes: [Call] { calls.filter { $0.tool == "sessions_send" && $0.message == nil } }
    package var looks: [Call] { calls.filter { $0.tool == "sessions_history" } }

    package func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        answer(
            request, deadline: deadline, onHead: { _ in false }, onBytes: { _ in }, completion: completion)
    }

    package func stream(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        answer(request, deadline: deadline, onHead: onHead, onBytes: onBytes, completion: completion)
    }

    private func answer(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        let call = Self.parse(request, deadline: deadline, at: time.now)
        calls.append(call)
        switch script(call) {
        case .stream(let pieces, let end, let contentType):
            let head = HTTPResponseHead(status: 200, fields: HTTPFields([("Content-Type", contentType)]))
            return Streaming(
                pieces, end: end, head: head, deadline: deadline, on: time, onHead: onHead, onBytes: onBytes,
                onCancel: { [weak self] in self?.closedStreams += 1 }, completion: completion)
        case .never:
            return time.schedule(after: deadline) {
                completion(.failure(HTTPPortFailure(reason: "timed out", mayHaveArrived: true)))
            }
        case .failure(let delay, let mayHaveArrived, let hasTooManyOpenFiles):
            let failure = HTTPPortFailure(
                reason: "broken", mayHaveArrived: mayHaveArrived, hasTooManyOpenFiles: hasTooManyOpenFiles)
            return time.schedule(after: delay) { completion(.failure(failure)) }
        case .json(let delay, let status, let body, let fields):
            let head = HTTPResponseHead(status: status, fields: HTTPFields(fields))
            return time.schedule(after: delay) {
                let bytes = Array(body.utf8)
                let isTaken = onHead(head)
                if isTaken { onBytes(bytes) }
                completion(.success(HTTPResponse(head: head, body: isTaken ? [] : bytes)))
            }
        }
    }

    private static func parse(_ request: HTTPRequest, deadline: Duration, at: Duration) -> Call {
        let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
        let token = request.fields["Authorization"].map { String($0.dropFirst("Bearer ".count)) }
        if request.url.hasSuffix("/v1/chat/completions") {
            let messages = body["messages"] as? [[String: Any]]
            return Call(
                tool: request.method == "GET" ? "chat-probe" : "chat",
                sessionKey: request.fields["x-openclaw-session-key"] ?? "",
                message: messages?.first?["content"] as? String, timeoutSeconds: nil, limit: nil,
                includesTools: false,
                token: token, deadline: deadline, at: at)
        }
        let arguments = body["args"] as? [String: Any] ?? [:]
        return Call(
            tool: body["tool"] as? String ?? "", sessionKey: arguments["sessionKey"] as? String ?? "",
            message: arguments["message"] as? String, timeoutSeconds: arguments["timeoutSeconds"] as? Int,
            limit: arguments["limit"] as? Int, includesTools: arguments["includeTools"] as? Bool ?? false,
            token: token, deadline: deadline, at: at)
    }

    /// A stream on its way.
    private final class Streaming: Cancellable {
        private var timers: [any Cancellable] = []
        private var isOpen = true
        private let onCancel: () -> Void

        init(
            _ pieces: [Piece], end: StreamEnd?, head: HTTPResponseHead, deadline: Duration,
            on time: ManualTime,
            onHead: @escaping (HTTPResponseHead) -> Bool, onBytes: @escaping ([UInt8]) -> Void,
            onCancel: @escaping () -> Void,
            completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
        ) {
            self.onCancel = onCancel
            var body: [UInt8] = []
            var isTaken = false
            func at(_ delay: Duration, _ action: @escaping () -> Void) {
                timers.append(
                    time.schedule(after: delay) { [weak self] in if self?.isOpen == true { action() } })
            }
            at(.milliseconds(10)) { isTaken = onHead(head) }
            var delay = Duration.milliseconds(10)
            for piece in pieces {
                delay += piece.delay
                at(delay) { if isTaken { onBytes(piece.bytes) } else { body += piece.bytes } }
            }
            at(end == nil ? deadline : delay + .milliseconds(10)) { [weak self] in
                self?.isOpen = false
                let response = HTTPResponse(head: head, body: body)
                completion(
                    end == .orderly
                        ? .success(response) : .failure(HTTPPortFailure(reason: "cut", mayHaveArrived: true)))
            }
        }

        func cancel() {
            guard isOpen else { return }
            isOpen = false
            timers.forEach { $0.cancel() }
            onCancel()
        }
    }
}
