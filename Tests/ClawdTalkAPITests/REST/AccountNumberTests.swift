import Testing
import Wire

@testable import ClawdTalkAPI

@Suite("The account's own number")
struct AccountNumberTests {
    private func number(_ status: Int, _ body: String) -> String? {
        AccountNumber.number(
            in: HTTPResponse(
                head: HTTPResponseHead(status: status, fields: HTTPFields([])), body: Array(body.utf8)))
    }

    @Test(
        "is taken where it is complete and not known to be somebody else's",
        arguments: [
            (200, #"{"user_id":"u","phone":"+13125550142","phone_verified":true}"#, "+13125550142"),
            (200, #"{"phone":"+13125550142"}"#, "+13125550142"),
            (200, #"{"phone":"+13125550142","phone_verified":false}"#, nil),
            (200, #"{"phone":"3125550142"}"#, nil), (200, #"{"phone":null}"#, nil), (200, "<html>", nil),
            (404, #"{"phone":"+13125550142"}"#, nil),
        ] as [(Int, String, String?)])
    func taken(status: Int, body: String, expected: String?) { #expect(number(status, body) == expected) }

    @Test("is asked for with the key")
    func request() {
        let request = AccountNumber.request(ServiceREST(baseURL: "https://s.example/v1", apiKey: "cc_x"))
        #expect(request.method == "GET" && request.url == "https://s.example/v1/me")
        #expect(request.fields["Authorization"] == "Bearer cc_x")
    }
}
