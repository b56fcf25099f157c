package import Wire

/// The service said no, in any of the forms of shared/spec/rest-api.md 1.5.
package struct RESTRefusal: Error, Equatable, Sendable {
    package let status: Int
    package var code: String?
    /// The service's own words, shortened.
    package var message: String?
    package var retryAfterSeconds: Int?

    private static let longestMessage = 300

    package init(status: Int, code: String? = nil, message: String? = nil, retryAfterSeconds: Int? = nil) {
        (self.status, self.code, self.message, self.retryAfterSeconds) = (
            status, code, message, retryAfterSeconds
        )
    }

    init(_ response: HTTPResponse) {
        status = response.status
        retryAfterSeconds = response.head.fields["Retry-After"].flatMap { ASCII.decimal($0) }
        if (300...399).contains(status) {
            let target = response.head.fields["Location"] ?? "nowhere"
            message =
                "it redirects to \(target), which is not followed: the key stays with the server you named"
        } else if let body = JSONValue(parsing: response.body) {
            (code, message) = Self.words(of: body)
        } else {
            message = Self.words(of: String(decoding: response.body, as: UTF8.self))
        }
        code = code.map { String($0.prefix(60)) }
        message = message.map { String($0.prefix(Self.longestMessage)) }
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
