import Testing
import Wire

@testable import ClawdTalkAPI

@Suite("rest-api.md 1.5: what the service says no with")
struct RESTRefusalTests {
    private func response(_ status: Int, _ body: String, _ fields: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(
            head: HTTPResponseHead(status: status, fields: HTTPFields(fields)), body: Array(body.utf8))
    }

    @Test(
        "every style of body",
        arguments: [
            (#"{"error":{"code":"no_money","message":"Pay."}}"#, "no_money", "Pay."),
            (#"{"error":{"code":42,"message":"Pay."}}"#, "42", "Pay."), (#"{"error":"Pay."}"#, nil, "Pay."),
            (#"{"message":"Pay."}"#, nil, "Pay."), (#"{"code":"c","message":"Pay."}"#, "c", "Pay."),
            (#"{"errors":[{"code":"c","title":"Pay","detail":"now"}]}"#, "c", "Pay: now"),
            (#"{"errors":[{"title":"Pay"}]}"#, nil, "Pay"), (#"{"errors":["Pay"]}"#, nil, "Pay"),
            (#"{"error":{"type":"odd"}}"#, nil, #"{"type":"odd"}"#), (#""Pay.""#, nil, "Pay."),
            ("<html><title> 502 Bad\nGateway </title></html>", nil, "a web page: 502 Bad\nGateway"),
            ("<html><body>Oops</body></html>", nil, "a web page"), ("Oops\nmore", nil, "Oops"),
            ("", nil, nil), ("{}", nil, nil), ("null", nil, nil), ("[]", nil, nil),
            (#"{"errors":[]}"#, nil, nil),
            (#"{"error":false,"message":"Pay."}"#, nil, "Pay."),
        ] as [(String, String?, String?)])
    func bodies(body: String, code: String?, message: String?) {
        #expect(RESTRefusal(response(402, body)) == RESTRefusal(status: 402, code: code, message: message))
    }

    @Test(
        "how long to wait: seconds, or until a date by the service's own clock",
        arguments: [
            ("40", 40), ("Sun, 06 Nov 1994 08:50:07 GMT", 30), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
            ("soon", nil), ("", nil),
        ] as [(String, Int?)])
    func retryAfter(text: String, seconds: Int?) {
        let fields = [("Retry-After", text), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]
        #expect(RESTRefusal(response(429, "", fields)).retryAfterSeconds == seconds)
    }

    @Test("a code that is no plain word does not reach a log")
    func plainCode() {
        #expect(
            RESTFailure.refused(RESTRefusal(status: 402, code: "no_money")).summary == "status 402 no_money")
        #expect(RESTFailure.refused(RESTRefusal(status: 402, code: "call +1555")).summary == "status 402")
    }

    @Test("long words are cut")
    func long() {
        let long = String(repeating: "é", count: 5000)
        let refusal = RESTRefusal(response(500, #"{"error":{"code":"\#(long)","message":"\#(long)"}}"#))
        #expect(refusal.code?.count == 60 && refusal.message?.count == 300)
    }

    @Test("a redirect says where to, and that it is not followed")
    func redirect() {
        let refusal = RESTRefusal(response(301, "<html>", [("Location", "https://elsewhere.example/x")]))
        #expect(refusal.message?.hasPrefix("it redirects to https://elsewhere.example/x, ") == true)
    }

    @Test(
        "Retry-After is read where it counts",
        arguments: [(429, 5), (503, 5), (500, nil), (404, nil)] as [(Int, Int?)])
    func retryAfter(status: Int, seconds: Int?) {
        let failure = RESTFailure.refused(RESTRefusal(response(status, "", [("Retry-After", "5")])))
        #expect(failure.retryAfterSeconds == seconds && failure.status == status)
    }

    @Test(
        "an error in an answer that is called a success is a refusal",
        arguments: [#"{"error":"no"}"#, #"{"error":{"message":"no"},"id":"m1"}"#])
    func errorInSuccess(body: String) {
        #expect(throws: RESTFailure.refused(RESTRefusal(status: 200, message: "no"))) {
            try RESTFailure.json(of: response(200, body))
        }
    }

    @Test(
        "no error at all", arguments: [#"{"error":null}"#, #"{"error":""}"#, #"{"error":false}"#, "", "[]"])
    func noError(body: String) throws {
        #expect(try RESTFailure.json(of: response(204, body)) == (JSONValue(parsing: body) ?? .empty))
    }

    @Test(
        "what is not JSON is said", arguments: [(" <p>", "a web page"), ("{", "a text that is not JSON")])
    func unreadable(body: String, what: String) {
        #expect(throws: RESTFailure.unreadable(what)) { try RESTFailure.json(of: response(200, body)) }
    }
}
