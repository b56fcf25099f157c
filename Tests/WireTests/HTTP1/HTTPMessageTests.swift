import Testing

@testable import Wire

@Suite("Whole requests and responses")
struct HTTPMessageTests {
    @Test("A request without fields and body has none")
    func buildsRequests() {
        let request = HTTPRequest(method: "GET", url: "https://example.com/")
        #expect(request.fields == HTTPFields() && request.body.isEmpty)
        #expect(request != HTTPRequest(method: "GET", url: "https://example.com/", body: [0]))
    }

    @Test("A response has the status of its head")
    func buildsResponses() {
        let response = HTTPResponse(head: HTTPResponseHead(status: 404, reason: "Not Found"))
        #expect(response.status == 404 && response.body.isEmpty)
    }
}
