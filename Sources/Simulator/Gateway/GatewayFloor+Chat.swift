import Foundation
import Transport
import Wire

/// `/v1/chat/completions` as gateways have it (shared/spec/gateway.md section 0): off unless the persona has it.
extension GatewayFloor {
    private var hasChat: Bool { options.persona == .chat || options.persona == .chatBroken }

    func chat(_ head: HTTPRequestHead, _ body: [UInt8], _ answer: Answer) {
        guard hasChat else { return answer(.page(head.method == "GET" ? 200 : 404)) }
        guard head.method == "POST" else { return answer(.page(405)) }
        guard head.fields["Authorization"] == "Bearer \(token)" else {
            return answer(.json(401, ["error": ["message": "Unauthorized", "type": "unauthorized"]]))
        }
        let request = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        let messages = request?["messages"] as? [[String: Any]]
        guard request?["stream"] as? Bool == true, let message = messages?.first?["content"] as? String,
            let key = head.fields["x-openclaw-session-key"]
        else { return answer(.error(400, "invalid_request_error", "Missing user message in `messages`.")) }
        journals.calls.append("chat")
        journals.sessions.append(key)
        answer(.stream { [self] in stream(message, in: key, to: $0) })
    }

    private func stream(_ message: String, in key: String, to reply: StreamedReply) {
        let (session, persona, calls) = (session(key), options.persona, journals.calls)
        let turn = SimulatedTurn(message, isUsers: true) { [self] text, isAnswer in
            guard isAnswer else { return write(Self.deltas(text), to: reply) }
            let deltas = Self.deltas(text)
            guard persona == .chatBroken else {
                return write(deltas, to: reply) { reply.end(Array((Self.last + "data: [DONE]\n\n").utf8)) }
            }
            write(Array(deltas.prefix(deltas.count / 2)), to: reply) { reply.cut() }
        }
        reply.onClosed = {
            // Before 2026.4 nobody told the agent.
            guard persona == .chat else { return }
            calls.append("chat cancelled")
            session.cancel(turn)
        }
        reply.send(Array(Self.event(["role": "assistant"]).utf8))
        session.take(turn)
    }

    /// A piece every 20 ms, each torn into chunks of seven bytes, as no reader likes them.
    private func write(
        _ deltas: [String], to reply: StreamedReply, completion: @escaping () -> Void = {}
    ) {
        reply.inTurn { [self] done in
            writeNow(deltas, to: reply) {
                completion()
                done()
            }
        }
    }

    private func writeNow(_ deltas: [String], to reply: StreamedReply, completion: @escaping () -> Void) {
        guard let first = deltas.first else { return completion() }
        let bytes = Array(Self.event(["content": first]).utf8)
        for start in stride(from: 0, to: bytes.count, by: 7) {
            reply.send(Array(bytes[start..<min(start + 7, bytes.count)]))
        }
        loop.schedule(after: .milliseconds(20)) { [self] in
            writeNow(Array(deltas.dropFirst()), to: reply, completion: completion)
        }
    }

    /// Pieces of one to five characters.
    private static func deltas(_ text: String) -> [String] {
        var rest = text[...]
        var pieces: [String] = []
        while !rest.isEmpty {
            let count = 1 + pieces.count * 3 % 5
            pieces.append(String(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    private static let last = event([:], finish: "stop")

    private static func event(_ delta: [String: String], finish: String? = nil) -> String {
        let choice: [String: Any] = [
            "index": 0, "delta": delta, "finish_reason": finish.map { $0 as Any } ?? NSNull(),
        ]
        let chunk: [String: Any] = ["object": "chat.completion.chunk", "choices": [choice]]
        let data = (try? JSONSerialization.data(withJSONObject: chunk)) ?? Data()
        return "data: \(String(decoding: data, as: UTF8.self))\n\n"
    }
}
