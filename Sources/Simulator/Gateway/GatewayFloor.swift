import Foundation
import Transport
import Wire

/// The part of a ``SimulatedGateway`` that lives on the loop: `POST /tools/invoke` as the persona answers it.
final class GatewayFloor {
    let loop: EventLoop
    let options: SimulatedGateway.Options
    let journals: Journals
    private let reservation = PortReservation()
    private var server: HTTPServer?
    private var sessions: [String: SimulatedSession] = [:]
    private var sendCount = 0
    private var stalled: [() -> Void] = []
    /// Of every tool call.
    var fault: GatewayFault? {
        didSet {
            guard fault != .stalled else { return }
            let calls = stalled
            stalled = []
            calls.forEach { $0() }
        }
    }
    let token: String

    /// What is told to the outside, see ``SimulatedGateway``.
    struct Journals: Sendable {
        let asked = EventJournal<String>()
        let calls = EventJournal<String>()
        let sessions = EventJournal<String>()
    }

    init(loop: EventLoop, options: SimulatedGateway.Options, journals: Journals) {
        (self.loop, self.options, self.journals) = (loop, options, journals)
        token = options.persona == .wrongToken ? options.token + "-new" : options.token
    }

    func start() throws -> Int {
        let port = try listen(port: reservation.port)
        if options.persona == .restarting {
            shut()
            loop.schedule(after: options.downTime) { [weak self] in _ = try? self?.listen(port: port) }
        }
        return port
    }

    func listen(port: Int) throws -> Int {
        let server = HTTPServer(on: loop) { [weak self] in self?.serve($0, $1, $2) }
        self.server = server
        return try server.listen(port: port)
    }

    func shut() {
        server?.close()
        server = nil
        stalled = []
    }

    var isListening: Bool { server != nil }

    func loseRuns(where isLost: (_ message: String) -> Bool) {
        sessions.values.forEach { $0.loseRuns(where: isLost) }
    }

    typealias Answer = (HTTPServer.Reply) -> Void

    private func serve(_ head: HTTPRequestHead, _ body: [UInt8], _ answer: @escaping Answer) {
        guard head.target != "/healthz", let fault else { return serveWell(head, body, answer) }
        switch fault {
        case .refuses(let status):
            let fields = [429, 503].contains(status) ? ["Retry-After": "1"] : [:]
            answer(.json(status, ["ok": false, "error": ["type": "unavailable"]], fields))
        case .page: answer(.page(200))
        case .runsAndAnswers(let status):
            serveWell(head, body) { _ in answer(.error(status, "tool_error", "tool execution failed")) }
        case .cut: serveWell(head, body) { answer($0.broken) }
        case .late(let delay):
            serveWell(head, body) { [loop] reply in loop.schedule(after: delay) { answer(reply) } }
        case .stalled: stalled.append { [weak self] in self?.serve(head, body, answer) }
        }
    }

    private func serveWell(_ head: HTTPRequestHead, _ body: [UInt8], _ answer: @escaping Answer) {
        if head.target == "/healthz" { return answer(.json(200, ["ok": true, "status": "live"])) }
        if head.target == "/v1/chat/completions" { return chat(head, body, answer) }
        guard head.target == "/tools/invoke", options.persona != .notAGateway else {
            return answer(.page(404))
        }
        guard options.persona != .html else { return answer(.page(200)) }
        guard head.fields["Authorization"] == "Bearer \(token)" else {
            return answer(.json(401, ["error": ["message": "Unauthorized", "type": "unauthorized"]]))
        }
        guard let call = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
            let tool = call["tool"] as? String, let arguments = call["args"] as? [String: Any]
        else { return answer(.error(400, "invalid_request", "tools.invoke requires name")) }
        let sessionKey = arguments["sessionKey"] as? String ?? ""
        journals.calls.append(tool)
        journals.sessions.append(sessionKey)
        if options.persona == .hanging { return }
        switch tool {
        case "sessions_send": send(arguments, to: sessionKey, answer)
        case "sessions_history":
            let rows = visibleRows(sessionKey, limit: arguments["limit"] as? Int ?? 30)
            answer(.result(["sessionKey": sessionKey, "messages": rows]))
        case "sessions_list": answer(.result(["count": sessions.count, "sessions": listed]))
        default: answer(.error(404, "not_found", "Tool not available: \(tool)"))
        }
    }

    private var listed: [[String: Any]] {
        sessions.sorted { $0.key < $1.key }.map { key, session in session.entry.merging(["key": key]) { $1 } }
    }

    private func visibleRows(_ key: String, limit: Int) -> [[String: Any]] {
        options.persona == .lost ? [] : session(key).rows.suffix(limit)
    }

    func session(_ key: String) -> SimulatedSession {
        if let session = sessions[key] { return session }
        let session = SimulatedSession(loop: loop, options: options, asked: journals.asked)
        sessions[key] = session
        return session
    }

    private func send(_ arguments: [String: Any], to key: String, _ answer: @escaping Answer) {
        if options.persona == .notAllowed {
            return answer(.error(404, "not_found", "Tool not available: sessions_send"))
        }
        guard let message = arguments["message"] as? String, let wait = arguments["timeoutSeconds"] as? Int
        else {
            return answer(.error(400, "tool_error", "message required"))
        }
        sendCount += 1
        let isFirst = sendCount == 1
        switch options.persona {
        case .forbidden:
            answer(.result(["status": "forbidden", "error": "Session send visibility is restricted"]))
        case .refused: answer(.result(["status": "error", "error": "No session found with label: phone"]))
        case .selfSendRefused where wait > 0:
            let text = "sessions_send cannot target the calling session; use your own reply instead"
            answer(.result(["status": "error", "error": text]))
        case .rateLimited where isFirst:
            answer(.json(429, ["error": ["type": "rate_limited"]], ["Retry-After": "1"]))
        case .restarting where isFirst: answer(.json(503, ["error": ["type": "unavailable"]]))
        default: run(message, in: key, wait: wait, answer)
        }
    }

    /// The agent works; what the call says of it depends on the persona.
    private func run(_ message: String, in key: String, wait: Int, _ answer: @escaping Answer) {
        let (persona, session) = (options.persona, session(key))
        let isNearAnnounce = session.isNearAnnounce
        let turn = SimulatedTurn(message, isUsers: false) { reply, isAnswer in
            guard wait > 0, isAnswer else { return }
            switch persona {
            case .okWithoutReply, .noStopReason, .lost: answer(.result(["status": "ok", "runId": "r"]))
            case .contentOnly: answer(.result(["status": "ok", "reply": reply], inDetails: false))
            case .noReply: answer(.result(["status": "no_reply", "runId": "r"]))
            case .runFailed: answer(Self.failure("All models failed"))
            case .cutAnswer: answer(.cut(HTTPServer.Reply.jsonResponse(200, ["ok": true, "result": reply])))
            case .serverError: answer(.error(500, "tool_error", "tool execution failed"))
            case .stillRunning, .timeoutStatus: break
            default:
                let text = isNearAnnounce ? SimulatedSession.announceText : reply
                answer(.result(["status": "ok", "reply": text, "delivery": Self.delivery(persona)]))
            }
        }
        session.take(turn)
        // It was handed to the agent all the same.
        if wait == 0, persona == .runFailed { return answer(Self.failure("gateway timeout after 10000ms")) }
        if wait == 0 { return answer(.result(["status": "accepted", "runId": "r"])) }
        guard persona == .stillRunning || persona == .timeoutStatus else { return }
        loop.schedule(after: options.agentTime / 2) {
            answer(.result(["status": persona == .stillRunning ? "accepted" : "timeout", "runId": "r"]))
        }
    }

    /// An error without a word of whether the agent acted before.
    private static func failure(_ error: String) -> HTTPServer.Reply {
        .result(["status": "error", "runId": "r", "error": error])
    }

    private static func delivery(_ persona: Persona) -> [String: Any] {
        persona == .announce ? ["status": "pending", "mode": "announce"] : ["status": "skipped"]
    }
}
