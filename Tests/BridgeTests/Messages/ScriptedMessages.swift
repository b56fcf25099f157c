import Agent
import Foundation
import OpenClaw
import Ports
import TestSupport
import Wire

/// The service's text messages in memory: each request is handed to the test's script, which may make it fail.
final class ScriptedMessages: HTTPPort {
    struct Message: Equatable {
        let to: String
        let body: String
    }

    enum Fault {
        case status(Int, retryAfter: Int? = nil)
        case notSent
        /// The message goes out, the answer is lost.
        case lostAnswer
        /// The message goes out, and the answer is this.
        case answer(String)
        /// Nothing goes out, and the answer is lost.
        case lostRequest
    }

    private let time: ManualTime
    private(set) var sent: [Message] = []
    private(set) var attempts: [Duration] = []
    private(set) var lists: [String] = []
    private var rows: [[String: Any]] = []
    /// What goes wrong with the next requests to send, nil for nothing.
    var faults: [Fault?] = []
    var listFaults: [Fault?] = []
    /// What `POST /approvals` and the polls after it are answered with.
    var approval = (creation: #"{"request_id":"a1","devices_notified":1}"#, status: "pending")
    private(set) var approvals: [String] = []
    /// Whether the list tells ids.
    var listsIDs = true

    init(time: ManualTime) { self.time = time }

    static let unixStart = 1_800_000_000
    var unixTime: Int { Self.unixStart + Int(time.now.components.seconds) }

    func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        let result: Result<HTTPResponse, HTTPPortFailure>
        if request.url.contains("/approvals") {
            if request.method == "POST" { approvals.append(String(decoding: request.body, as: UTF8.self)) }
            let status = #"{"status":"\#(approval.status)"}"#
            result = answer(nil, request.method == "POST" ? approval.creation : status)
        } else {
            result = request.method == "POST" ? post(request) : list(request)
        }
        return time.schedule(after: .milliseconds(50)) { completion(result) }
    }

    private func post(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPPortFailure> {
        attempts.append(time.now)
        let fault = faults.isEmpty ? nil : faults.removeFirst()
        switch fault {
        case .status, .notSent, .lostRequest: break
        case .lostAnswer, .answer, nil: take(request)
        }
        return answer(fault, #"{"id":"m\#(sent.count)","from":"+1"}"#)
    }

    private func take(_ request: HTTPRequest) {
        let body = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: String] ?? [:]
        sent.append(Message(to: body["to"] ?? "", body: body["message"] ?? ""))
        add(id: "m\(sent.count)", to: body["to"] ?? "", body: body["message"] ?? "", at: unixTime)
    }

    /// Puts a message into the list that somebody else sent.
    func add(id: String, to: String, body: String, at unixTime: Int) {
        let created = Date(timeIntervalSince1970: Double(unixTime)).formatted(.iso8601)
        rows.append(["to": to, "body": body, "direction": "outbound", "created_at": created])
        if listsIDs { rows[rows.count - 1]["id"] = id }
    }

    private func list(_ request: HTTPRequest) -> Result<HTTPResponse, HTTPPortFailure> {
        lists.append(request.url)
        let data =
            (try? JSONSerialization.data(withJSONObject: ["messages": Array(rows.reversed())])) ?? Data()
        return answer(
            listFaults.isEmpty ? nil : listFaults.removeFirst(), String(decoding: data, as: UTF8.self))
    }

    private func answer(_ fault: Fault?, _ json: String) -> Result<HTTPResponse, HTTPPortFailure> {
        switch fault {
        case .notSent: return .failure(HTTPPortFailure(reason: "refused", mayHaveArrived: false))
        case .lostAnswer, .lostRequest: return .failure(HTTPPortFailure(reason: "cut", mayHaveArrived: true))
        case .status(let status, let seconds):
            let fields = seconds.map { [("Retry-After", "\($0)")] } ?? []
            return .success(
                HTTPResponse(head: HTTPResponseHead(status: status, fields: HTTPFields(fields)), body: []))
        case .answer(let text):
            return .success(HTTPResponse(head: HTTPResponseHead(status: 200), body: Array(text.utf8)))
        case nil: return .success(HTTPResponse(head: HTTPResponseHead(status: 200), body: Array(json.utf8)))
        }
    }
}
