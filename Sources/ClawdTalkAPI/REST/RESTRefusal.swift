import Foundation
package import Wire

/// The service said no, in any of the forms of shared/spec/rest-api.md 1.5.
package struct RESTRefusal: Error, Equatable, Sendable {
    package private(set) var status: Int
    package var code: String?
    /// The service's own words, shortened.
    package var message: String?
    package var retryAfterSeconds: Int?

    private static let longestMessage = 300
    private static let longestCode = 60

    package init(status: Int, code: String? = nil, message: String? = nil, retryAfterSeconds: Int? = nil) {
        (self.status, self.code, self.message, self.retryAfterSeconds) = (
            status, code, message, retryAfterSeconds
        )
    }

    init(_ response: HTTPResponse) {
        status = response.status
        retryAfterSeconds = response.head.fields["Retry-After"].flatMap { Self.seconds($0, at: response) }
        if (300...399).contains(status) {
            let target = response.head.fields["Location"] ?? "nowhere"
            message =
                "it redirects to \(target), which is not followed: the key stays with the server you named"
        } else if let body = JSONValue(parsing: response.body) {
            (code, message) = Self.words(of: body)
        } else {
            message = Self.words(of: String(decoding: response.body, as: UTF8.self))
        }
        self = shortened
    }

    /// As it may be shown.
    var shortened: RESTRefusal {
        var shortened = self
        shortened.code = code.map { String($0.prefix(Self.longestCode)) }
        shortened.message = message.map { String($0.prefix(Self.longestMessage)) }
        return shortened
    }

    /// The code, when it is a plain word that can stand in a log.
    var plainCode: String? { code.flatMap { $0.wholeMatch(of: /[A-Za-z0-9_.-]{1,60}/) == nil ? nil : $0 } }

    /// Seconds, or a date (RFC 9110 §10.2.3), from the time of the response on.
    private static func seconds(_ text: String, at response: HTTPResponse) -> Int? {
        if let seconds = ASCII.decimal(text) { return seconds }
        guard let until = HTTPDate.date(text) else { return nil }
        let now = response.head.fields["Date"].flatMap(HTTPDate.date) ?? Date()
        return max(0, Int(until.timeIntervalSince(now).rounded(.up)))
    }

    /// `{error:{code,message}}`, `{error:"…"}`, `{message}`, `{errors:[{code,title,detail}]}`.
    static func words(of body: JSONValue) -> (code: String?, message: String?) {
        if let first = body["errors"]?.elements?.first {
            let words = ["title", "detail"].compactMap { first[$0]?.string }
            let message = words.isEmpty ? first.string : words.joined(separator: ": ")
            return (first["code"]?.identifier, message)
        }
        let error = body["error"] ?? .null
        let code = error["code"]?.identifier ?? body["code"]?.identifier
        let message = error["message"]?.string ?? error.string ?? body["message"]?.string ?? body.string
        return (code, message ?? (error.isTruthy ? error.compactText : nil))
    }

    /// A web page's title, or the first line of a text.
    private static func words(of text: String) -> String? {
        if let title = text.firstMatch(of: /(?i)<title[^>]*>\s*([^<]{1,200}?)\s*<\/title>/) {
            return "a web page: \(title.output.1)"
        }
        guard !text.contains(/<[A-Za-z!]/) else { return "a web page" }
        return text.split(whereSeparator: \.isNewline).first.map(String.init)
    }
}
