import Foundation
import Ports
import TestSupport
import Wire

/// The way of one process to the model gateway. When the process ends, nothing comes back; what was on the way arrives.
final class ModelConnection: HTTPStreamPort {
    private final class Exchange: Cancellable {
        var completion: ((Result<HTTPResponse, HTTPPortFailure>) -> Void)?
        var onHead: (HTTPResponseHead) -> Bool = { _ in false }
        var onBytes: ([UInt8]) -> Void = { _ in }
        var onCancel: (() -> Void)?
        var deadline: (any Cancellable)?

        func cancel() {
            deadline?.cancel()
            let tell = completion == nil ? nil : onCancel
            (completion, onCancel) = (nil, nil)
            tell?()
        }

        func end(_ result: Result<HTTPResponse, HTTPPortFailure>) {
            deadline?.cancel()
            let tell = completion
            (completion, onCancel) = (nil, nil)
            tell?(result)
        }
    }

    private struct Request {
        let tool: String, key: String, message: String?, limit: Int
        let timeout: Int
        let token: String?
    }

    private let gateway: ModelGateway
    private var isDead = false
    private var time: ManualTime { gateway.time }

    init(_ gateway: ModelGateway) { self.gateway = gateway }

    func die() { isDead = true }

    func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        stream(request, deadline: deadline, onHead: { _ in false }, onBytes: { _ in }, completion: completion)
    }

    func stream(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        let exchange = Exchange()
        guard !isDead else { return exchange }
        exchange.completion = { [weak self] in if self?.isDead == false { completion($0) } }
        (exchange.onHead, exchange.onBytes) = (onHead, onBytes)
        exchange.deadline = time.schedule(after: deadline) { [weak exchange] in
            if let exchange { Self.fail(exchange, "timed out", mayHaveArrived: true) }
        }
        let call = Self.parse(request)
        if gateway.has(.away) {
            time.schedule(after: .milliseconds(10)) { Self.fail(exchange, "refused", mayHaveArrived: false) }
            return exchange
        }
        if call.message != nil, gateway.has(.cutsCalls) {
            let delay = gateway.milliseconds(0...5_000)
            time.schedule(after: delay) { Self.fail(exchange, "broken", mayHaveArrived: true) }
            if gateway.chance(0.5) { return exchange }
        }
        time.schedule(after: gateway.milliseconds(5...40)) { [self] in answer(call, exchange) }
        return exchange
    }

    private static func fail(_ exchange: Exchange, _ reason: String, mayHaveArrived: Bool) {
        exchange.end(.failure(HTTPPortFailure(reason: reason, mayHaveArrived: mayHaveArrived)))
    }

    private static func parse(_ request: HTTPRequest) -> Request {
        let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
        let token = request.fields["Authorization"].map { String($0.dropFirst("Bearer ".count)) }
        if request.url.hasSuffix("/v1/chat/completions") {
            let messages = body["messages"] as? [[String: Any]]
            return Request(
                tool: request.method == "GET" ? "chat-probe" : "chat",
                key: request.fields["x-openclaw-session-key"] ?? "",
                message: messages?.first?["content"] as? String,
                limit: 0, timeout: 0, token: token)
        }
        let arguments = body["args"] as? [String: Any] ?? [:]
        return Request(
            tool: body["tool"] as? String ?? "", key: arguments["sessionKey"] as? String ?? "",
            message: arguments["message"] as? String, limit: arguments["limit"] as? Int ?? 0,
            timeout: arguments["timeoutSeconds"] as? Int ?? 0, token: token)
    }

    // MARK: Answers

    private func reply(
        _ exchange: Exchange, status: Int = 200, _ body: String, fields: [(String, String)] = [],
        after delay: Duration = .zero
    ) {
        time.schedule(after: delay) {
            let head = HTTPResponseHead(status: status, fields: HTTPFields(fields))
            exchange.end(.success(HTTPResponse(head: head, body: Array(body.utf8))))
        }
    }

    private func details(_ exchange: Exchange, _ details: String, after delay: Duration = .zero) {
        reply(exchange, #"{"ok":true,"result":{"content":[],"details":\#(details)}}"#, after: delay)
    }

    private static let notFound = #"{"ok":false,"error":{"type":"not_found"}}"#

    private func answer(_ call: Request, _ exchange: Exchange) {
        if gateway.has(.unavailable) { return reply(exchange, status: 503, "{}") }
        if gateway.has(.rateLimited) {
            return reply(exchange, status: 429, "{}", fields: [("Retry-After", "7")])
        }
        guard call.token == gateway.token else {
            return reply(exchange, status: 401, #"{"error":{"type":"unauthorized"}}"#)
        }
        switch call.tool {
        case "sessions_history": history(call, exchange)
        case "sessions_list": list(exchange)
        case "chat-probe": reply(exchange, status: gateway.hasChat ? 405 : 200, "")
        case "chat": chat(call, exchange)
        default: send(call, exchange)
        }
    }

    private func history(_ call: Request, _ exchange: Exchange) {
        if gateway.has(.noHistory) { return reply(exchange, status: 404, Self.notFound) }
        if gateway.has(.historyHangs) { return }
        // Long texts make a short window shorter still.
        let rows = gateway.session(call.key).rows.suffix(call.limit < 100 ? 10 : call.limit)
        let delay =
            gateway.has(.historySlow) ? gateway.milliseconds(500...9_000) : gateway.milliseconds(70...300)
        details(exchange, #"{"messages":[\#(rows.joined(separator: ","))]}"#, after: delay)
    }

    private func list(_ exchange: Exchange) {
        guard gateway.listsSessions else { return reply(exchange, status: 404, Self.notFound) }
        let entries = gateway.sessions.map { (key: String, session: ModelSession) -> String in
            let status = session.isRunning ? "running" : "done"
            let end = session.isRunning ? "" : #","endedAt":\#(session.endedAt)"#
            return #"{"key":"\#(key)","status":"\#(status)","startedAt":\#(session.startedAt)\#(end)}"#
        }
        details(exchange, #"{"sessions":[\#(entries.joined(separator: ","))]}"#, after: .milliseconds(80))
    }

    private func send(_ call: Request, _ exchange: Exchange) {
        guard let message = call.message else {
            return reply(exchange, status: 400, #"{"ok":false,"error":{"type":"tool_error"}}"#)
        }
        if gateway.persona == .refusing, call.timeout > 0 {
            let refusal = "sessions_send cannot target the calling session; use your own reply instead"
            return details(exchange, #"{"status":"error","error":"\#(refusal)"}"#)
        }
        let run = gateway.take(message, in: call.key)
        let announce =
            gateway.persona == .refusing ? "" : #","delivery":{"status":"pending","mode":"announce"}"#
        let accepted = #"{"status":"accepted"\#(announce)}"#
        let (gateway, key) = (gateway, call.key)
        if call.timeout == 0 {
            run.onEnd.append { gateway.follow($0, in: key) }
            details(exchange, accepted, after: .milliseconds(100))
        } else {
            run.onEnd.append { [self] run in
                // What it answers is decided here, as gateways without a baseline do.
                details(exchange, gateway.result(of: run, in: key), after: gateway.milliseconds(50...1_500))
                gateway.follow(run, in: key)
            }
            details(exchange, accepted, after: .seconds(call.timeout))
        }
        gateway.session(key).add(run)
    }

    private func chat(_ call: Request, _ exchange: Exchange) {
        guard gateway.hasChat, let message = call.message else {
            return reply(exchange, status: 404, "Not Found")
        }
        let run = gateway.take(message, in: call.key, provenance: false)
        let session = gateway.session(call.key)
        exchange.onCancel = { session.abort(run) }
        let head = HTTPResponseHead(status: 200, fields: HTTPFields([("Content-Type", "text/event-stream")]))
        _ = exchange.onHead(head)
        let isCut = gateway.has(.cutsCalls)
        run.onEnd.append { [self, weak exchange] run in
            guard let exchange, exchange.completion != nil else { return }
            if isCut { return Self.fail(exchange, "cut", mayHaveArrived: true) }
            if case .answer(let text) = run.ending {
                write(exchange, #"{"choices":[{"delta":{"content":"\#(text)"},"finish_reason":null}]}"#)
            }
            if run.ending == .failed { write(exchange, #"{"error":{}}"#) }
            write(exchange, #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#)
            write(exchange, "[DONE]")
            exchange.end(.success(HTTPResponse(head: head, body: [])))
        }
        session.add(run)
    }

    private func write(_ exchange: Exchange, _ data: String) {
        if exchange.completion != nil, !isDead { exchange.onBytes(Array("data: \(data)\n\n".utf8)) }
    }
}
