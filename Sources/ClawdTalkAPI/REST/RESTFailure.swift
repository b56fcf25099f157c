import Foundation
package import Wire

/// A REST request that was not answered with what was asked for.
package enum RESTFailure: Error, Equatable, Sendable {
    /// Nothing of the request can have reached the service; why.
    case notSent(String)
    /// There is no answer, and why; the service may have acted.
    case noAnswer(String)
    /// Any status but 2xx, or an error in a 2xx answer.
    case refused(RESTRefusal)
    /// 2xx without what was asked for; what came instead.
    case unreadable(String)

    /// The value in an answer. - Throws: ``RESTFailure``.
    package static func value<Value: Decodable>(
        of response: HTTPResponse, as type: Value.Type
    ) throws(RESTFailure) -> Value {
        guard (200...299).contains(response.status) else { throw .refused(RESTRefusal(response)) }
        guard JSONIndex.hasFewValues(response.body) else { throw .unreadable("far too many values") }
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw .unreadable("something else than was asked for")
        }
    }

    /// The JSON of an answer; an empty body is an empty object.
    package static func json(of response: HTTPResponse) throws(RESTFailure) -> JSONValue {
        guard (200...299).contains(response.status) else { throw .refused(RESTRefusal(response)) }
        guard !response.body.isEmpty else { return .empty }
        guard let value = JSONValue(parsing: response.body) else {
            let isPage = response.body.first { $0 > 0x20 } == UInt8(ascii: "<")
            throw .unreadable(isPage ? "a web page" : "a text that is not JSON")
        }
        if value["error"]?.isTruthy == true {
            let (code, message) = RESTRefusal.words(of: value)
            throw .refused(RESTRefusal(status: response.status, code: code, message: message).shortened)
        }
        return value
    }

    /// For the log: no text of the service's.
    package var summary: String {
        switch self {
        case .notSent: "not reachable"
        case .noAnswer: "no answer"
        case .refused(let refusal): "status \(refusal.status)" + (refusal.plainCode.map { " \($0)" } ?? "")
        case .unreadable: "an answer that cannot be read"
        }
    }

    /// For people, with the service's own words.
    package var explanation: String {
        switch self {
        case .notSent(let reason): "the service cannot be reached (\(reason)); nothing was sent"
        case .noAnswer(let reason): "no answer came (\(reason))"
        case .unreadable(let what): "the service answered with \(what)"
        case .refused(let refusal):
            "the service said no ("
                + (["\(refusal.status)", refusal.code].compactMap { $0 }.joined(separator: " "))
                + ")" + (refusal.message.map { ": \($0)" } ?? "")
        }
    }

    /// Without a secret that the service repeats.
    func hiding(_ secret: String) -> RESTFailure {
        guard case .refused(var refusal) = self, !secret.isEmpty else { return self }
        refusal.message = refusal.message?.replacing(secret, with: "…")
        refusal.code = refusal.code?.replacing(secret, with: "…")
        return .refused(refusal)
    }

    /// Whether what was asked for may have been done all the same. Behind a gateway's 502 or 504 nobody knows.
    package var mayHaveHappened: Bool {
        switch self {
        case .notSent: false
        case .noAnswer, .unreadable: true
        case .refused(let refusal): refusal.status >= 500 || refusal.status == 408
        }
    }

    package var status: Int? { if case .refused(let refusal) = self { refusal.status } else { nil } }

    /// How long the service asks to wait: with 429 and 503.
    package var retryAfterSeconds: Int? {
        guard case .refused(let refusal) = self, refusal.status == 429 || refusal.status == 503 else {
            return nil
        }
        return refusal.retryAfterSeconds
    }
}
