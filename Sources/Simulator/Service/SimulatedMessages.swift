import Foundation
import Wire

/// The text messages of a stand-in service: sending and listing them over REST (shared/spec/rest-api.md 33 and 34).
final class SimulatedMessages {
    private let journal: EventJournal<ServiceEntry>
    private let fault: @Sendable (_ number: Int) -> SendFault?
    private let clockOffset: Double
    private var requests = 0
    private var sent: [[String: String]] = []

    init(options: SimulatedService.Options, journal: EventJournal<ServiceEntry>) {
        (fault, clockOffset, self.journal) = (options.sendFault, options.clockOffset, journal)
    }

    /// - Returns: nil when the request is about something else.
    func answer(_ head: HTTPRequestHead, _ body: [UInt8]) -> HTTPServer.Reply? {
        guard let url = URLComponents(string: head.target) else { return nil }
        switch (head.method, url.path) {
        case ("POST", "/v1/messages/send"): return send(body)
        case ("GET", "/v1/messages"): return list(url.queryItems ?? [])
        default: return nil
        }
    }

    private func send(_ body: [UInt8]) -> HTTPServer.Reply {
        guard let message = try? JSONDecoder().decode(ServiceEntry.Text.self, from: Data(body)) else {
            return .json(422, ["error": ["code": "invalid", "message": "to and message are required"]])
        }
        requests += 1
        let fault = fault(requests)
        switch fault {
        case .status(let status): return .json(status, ["error": ["code": "failed", "message": "No."]])
        case .tooMany(let seconds): return .json(429, ["error": "slow down"], ["Retry-After": "\(seconds)"])
        case .lostAnswer, .page, nil: break
        }
        sent.append([
            "id": "msg_\(sent.count + 1)", "direction": "outbound", "from": "+15550000000", "to": message.to,
            "body": message.message,
            "created_at": Date.now.addingTimeInterval(clockOffset).formatted(.iso8601),
        ])
        journal.append(.textSent(message))
        let answer = HTTPServer.Reply.jsonResponse(200, ["id": "msg_\(sent.count)", "from": "+15550000000"])
        switch fault {
        case .lostAnswer: return .cut(answer)
        case .page: return .page(200)
        default: return .response(answer)
        }
    }

    /// Newest first.
    private func list(_ query: [URLQueryItem]) -> HTTPServer.Reply {
        func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
        let found = sent.reversed().filter { message in
            value("contact").map { $0 == message["to"] } ?? true
                && value("direction").map { $0 == message["direction"] } ?? true
        }
        let limit = value("limit").flatMap { Int($0) } ?? 20
        return .json(
            200, ["messages": Array(found.prefix(limit)), "pagination": ["total": found.count]])
    }
}
