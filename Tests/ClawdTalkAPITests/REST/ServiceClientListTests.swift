import Testing
import Wire

@testable import ClawdTalkAPI

@Suite("Lists of the REST client, with all their pages")
struct ServiceClientListTests {
    private func targets(_ transport: ScriptedTransport) -> [String] {
        transport.requests.map { String($0.url.dropFirst("http://x/v1".count)) }
    }

    @Test(
        "an answer that speaks of no more is the whole list",
        arguments: [
            #"{"missions":[{"id":"a"}]}"#, #"{"data":[{"id":"a"}]}"#, #"[{"id":"a"}]"#,
            #"{"missions":[{"id":"a"}],"meta":{"total_pages":1}}"#,
            #"{"missions":[{"id":"a"}],"meta":{"total":1}}"#,
            #"{"missions":[{"id":"a"}],"meta":{"total_results":1}}"#,
            #"{"missions":[{"id":"a"}],"pagination":{"total":"many"}}"#,
        ])
    func onePage(answer: String) async throws {
        let transport = ScriptedTransport(.response(200, answer))
        #expect(try await transport.client().missions() == [["id": "a"]])
        #expect(targets(transport) == ["/missions?page[size]=20"])
    }

    @Test(
        "more pages when the answer says that there are",
        arguments: [
            #""meta":{"total_pages":3}"#, #""meta":{"total":3}"#, #""pagination":{"total_results":3}"#,
        ])
    func morePages(meta: String) async throws {
        func page(_ id: String) -> ScriptedTransport.Answer {
            .response(200, #"{"missions":[{"id":"\#(id)"}],\#(meta)}"#)
        }
        let transport = ScriptedTransport(page("a"), page("b"), page("c"), .response(500))
        #expect(try await transport.client().missions() == [["id": "a"], ["id": "b"], ["id": "c"]])
        #expect(
            targets(transport) == [
                "/missions?page[size]=20", "/missions?page[size]=20&page[number]=2",
                "/missions?page[size]=20&page[number]=3",
            ])
    }

    @Test("a service that counts wrong, or gives one page for ever, is left")
    func endless() async throws {
        let same = ScriptedTransport(.response(200, #"{"missions":[{"id":"a"}],"meta":{"total":9}}"#))
        #expect(try await same.client().missions() == [["id": "a"]])
        #expect(same.requests.count == 2)
        let short = ScriptedTransport(
            .response(200, #"{"missions":[{"id":"a"}],"meta":{"total":9}}"#),
            .response(200, #"{"missions":[]}"#))
        #expect(try await short.client().missions() == [["id": "a"]])
    }

    @Test("a page that fails fails the list")
    func failedPage() async throws {
        let transport = ScriptedTransport(
            .response(200, #"{"missions":[{"id":"a"}],"meta":{"total":9}}"#), .response(404))
        await #expect(throws: RESTFailure.self) { try await transport.client().missions() }
    }

    @Test(
        "null is an empty list, anything else is none",
        arguments: [
            (#"{"missions":null}"#, true), ("{}", false), ("null", false), (#"{"missions":{}}"#, false),
            ("", false), ("7", false),
        ])
    func empty(answer: String, isList: Bool) async throws {
        let transport = ScriptedTransport(.response(200, answer))
        if isList {
            #expect(try await transport.client().missions() == [])
        } else {
            await #expect(throws: RESTFailure.unreadable("something without a list of missions")) {
                try await transport.client().missions()
            }
        }
    }

    @Test("the first envelope that is there is the content, and an id is a text or a number")
    func envelopes() throws {
        let answer = try #require(JSONValue(parsing: #"{"mission":null,"data":{"id":7},"id":"x"}"#))
        #expect(try answer.content("mission", "data").requiredID("mission_id", "id") == "7")
        #expect(try answer.content("other").requiredID("id") == "x")
        #expect(throws: RESTFailure.unreadable("something without a or b")) {
            try JSONValue.empty.requiredID("a", "b")
        }
        #expect(throws: RESTFailure.self) { try JSONValue.object([.init("id", "")]).requiredID("id") }
    }
}
