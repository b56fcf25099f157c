import Foundation
package import Wire

/// A REST request that was not answered with what was asked for.
package enum RESTFailure: Error, Equatable, Sendable {
    /// Nothing of the request can have reached the service.
    case notSent
    /// There is no answer; the service may have acted.
    case noAnswer
    /// Any status but 2xx.
    case refused(status: Int, code: String?, retryAfterSeconds: Int?)
    /// 2xx without what was asked for.
    case unreadable

    /// The value in an answer. - Throws: ``RESTFailure``.
    package static func value<Value: Decodable>(
        of response: HTTPResponse, as type: Value.Type
    ) throws(RESTFailure) -> Value {
        guard (200...299).contains(response.status) else {
            let body = try? JSONDecoder().decode(ErrorBody.self, from: Data(response.body))
            throw .refused(
                status: response.status, code: body?.error?.code.map { String($0.prefix(60)) },
                retryAfterSeconds: response.head.fields["Retry-After"].flatMap { ASCII.decimal($0) })
        }
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw .unreadable
        }
    }

    /// For the log: no text of the service's.
    package var summary: String {
        switch self {
        case .notSent: "not reachable"
        case .noAnswer: "no answer"
        case .refused(let status, let code, _): "status \(status)" + (code.map { " \($0)" } ?? "")
        case .unreadable: "an answer that cannot be read"
        }
    }

    private struct ErrorBody: Decodable {
        let error: Content?

        struct Content: Decodable {
            let code: String?

            init(from decoder: any Decoder) throws {
                code = try? decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .code)
            }

            private enum Keys: CodingKey { case code }
        }
    }
}
