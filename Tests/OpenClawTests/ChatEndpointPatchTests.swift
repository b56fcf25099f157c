import JSON5
import Testing

@testable import OpenClaw

@Suite("gateway.http.endpoints.chatCompletions.enabled")
struct ChatEndpointPatchTests {
    @Test(
        "read as the gateway reads it",
        arguments: [
            ("{}", false), ("{gateway: {http: {endpoints: {chatCompletions: {enabled: true}}}}}", true),
            ("{gateway: {http: {endpoints: {chatCompletions: {enabled: 'true'}}}}}", false),
            ("{gateway: {http: {endpoints: {responses: {enabled: true}}}}}", false),
        ])
    func reads(text: String, isEnabled: Bool) throws {
        #expect(try OpenClawSample(text).load().isChatEndpointEnabled == isEnabled)
    }

    @Test("what was switched off since by its owner stays")
    func taken() throws {
        var patch = try ConfigurationPatch(OpenClawSample("{a: 1}").load())
        let addition = try patch.enableChatEndpoint()
        let document = try #require(patch.configuration.files[OpenClawSample.path]).document
        #expect(addition.title == "gateway.http.endpoints.chatCompletions.enabled true")
        #expect(try addition.removed(from: document)?.text == "{a: 1}")
        let off = try document.applying(.set(.bool(false), at: addition.path))
        #expect(try addition.removed(from: off) == nil)
    }
}
