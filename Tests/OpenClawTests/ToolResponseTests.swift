import Agent
import Testing
import Wire

@testable import OpenClaw

@Suite("gateway.md A2: every status and both envelope families")
struct ToolResponseTests {
    struct Details: Decodable, Equatable { let status: String }

    private func result(_ status: Int, _ body: String, _ fields: [(String, String)] = []) -> Result<
        Details, GatewayError
    > {
        let response = HTTPResponse(
            head: HTTPResponseHead(status: status, fields: HTTPFields(fields)), body: Array(body.utf8))
        do { return .success(try ToolResponse.result(response, as: Details.self)) } catch {
            return .failure(error)
        }
    }

    @Test(
        "errors",
        arguments: [
            (
                400, #"{"ok":false,"error":{"type":"invalid_request","message":"x"}}"#,
                GatewayError.badRequest(type: "invalid_request")
            ),
            (
                400, #"{"ok":false,"error":{"type":"tool_error","message":"x"}}"#,
                .badRequest(type: "tool_error")
            ),
            (
                400, #"{"error":{"message":"bad","type":"invalid_request_error"}}"#,
                .badRequest(type: "invalid_request_error")
            ),
            (400, #"{"error":"bad_request","message":"Invalid request URL"}"#, .badRequest(type: "unknown")),
            (400, "<html>", .notAGateway(status: 400)),
            (401, #"{"error":{"message":"Unauthorized","type":"unauthorized"}}"#, .unauthorized),
            (401, "", .unauthorized),
            (
                403, #"{"ok":false,"error":{"type":"forbidden","message":"missing scope"}}"#,
                .blocked(type: "forbidden")
            ),
            (
                403, #"{"ok":false,"error":{"type":"tool_call_blocked","requiresApproval":true}}"#,
                .blocked(type: "tool_call_blocked")
            ),
            (
                404,
                #"{"ok":false,"error":{"type":"not_found","message":"Tool not available: sessions_send"}}"#,
                .toolNotAllowed
            ),
            (404, "Not Found", .notAGateway(status: 404)),
            (404, #"{"message":"no route"}"#, .notAGateway(status: 404)),
            (405, "Method Not Allowed", .notAGateway(status: 405)),
            (
                408, #"{"error":{"message":"Request body timeout","type":"invalid_request_error"}}"#,
                .badRequest(type: "invalid_request_error")
            ),
            (
                413, #"{"error":{"message":"Payload too large","type":"invalid_request_error"}}"#,
                .badRequest(type: "invalid_request_error")
            ),
            (
                500, #"{"ok":false,"error":{"type":"tool_error","message":"tool execution failed"}}"#,
                .failed(status: 500)
            ),
            (502, "<html>bad gateway", .failed(status: 502)),
            (503, "", .unavailable(retryAfterSeconds: nil)),
            (302, "", .notAGateway(status: 302)),
            (200, "<html>", .unreadable),
            (200, "", .unreadable),
            (200, "null", .unreadable),
            (200, "[1]", .unreadable),
            (200, #"{"ok":true,"result":null}"#, .unreadable),
            (200, #"{"ok":true,"result":{"details":7,"content":"x"}}"#, .unreadable),
            (200, #"{"ok":false,"result":{"details":{"status":"ok"}}}"#, .unreadable),
            (200, #"{"ok":true,"result":{"details":{"status":"ok"}"#, .unreadable),
        ])
    func error(status: Int, body: String, expected: GatewayError) {
        #expect(result(status, body) == .failure(expected))
    }

    @Test("Retry-After of 429 and 503 is kept")
    func retryAfter() {
        #expect(result(429, "{}", [("Retry-After", "7")]) == .failure(.rateLimited(retryAfterSeconds: 7)))
        #expect(result(503, "{}", [("retry-after", "2")]) == .failure(.unavailable(retryAfterSeconds: 2)))
        #expect(result(429, "{}") == .failure(.rateLimited(retryAfterSeconds: nil)))
    }

    @Test("only answers that leave it open whether the tool ran forbid asking again")
    func provesNothingRan() {
        let open: [GatewayError] = [.failed(status: 500), .unreadable, .badRequest(type: "tool_error")]
        #expect(open.allSatisfy { $0.remedy == .watchHistory })
        #expect(GatewayError.unauthorized.remedy == .anotherToken)
        #expect(GatewayError.toolNotAllowed.remedy == .giveUp(.toolNotAllowed))
        #expect(
            GatewayError.rateLimited(retryAfterSeconds: 1).remedy
                == .sendAgain(afterSeconds: 1, isDown: false))
    }

    @Test("details come before the text, and the text serves where they are missing")
    func detailsOrText() {
        #expect(
            result(
                200,
                #"{"ok":true,"result":{"details":{"status":"a"},"content":[{"type":"text","text":"{\"status\":\"b\"}"}]}}"#
            ) == .success(Details(status: "a")))
        #expect(
            result(
                200,
                #"{"ok":true,"result":{"content":[{"type":"image"},{"type":"text","text":"{\"status\":\"b\"}"}]}}"#
            ) == .success(Details(status: "b")))
        #expect(
            result(
                200,
                #"{"ok":true,"result":{"details":"?","content":[{"type":"text","text":"{\"status\":\"b\"}"}]}}"#
            ) == .success(Details(status: "b")))
    }

    @Test("an answer of nothing but values is not read, outside and inside of a text")
    func manyValues() {
        let values = "[" + Array(repeating: "0", count: 300_000).joined(separator: ",") + "]"
        #expect(
            result(200, #"{"ok":true,"result":{"details":{"status":"ok","a":\#(values)}}}"#)
                == .failure(.unreadable))
        let text = #"{\"status\":\"ok\",\"a\":\#(values)}"#
        #expect(
            result(200, #"{"ok":true,"result":{"content":[{"type":"text","text":"\#(text)"}]}}"#)
                == .failure(.unreadable))
        #expect(
            result(400, #"{"error":{"type":"tool_error","a":\#(values)}}"#)
                == .failure(.notAGateway(status: 400)))
    }
}
