import Testing

@testable import ClawdTalkCLI

@Suite("The gateway on this machine")
struct GatewayTokensTests {
    @Test(
        "only a gateway on this machine gets the token of openclaw.json",
        arguments: [
            ("http://127.0.0.1:18789", true), ("http://localhost", true), ("https://[::1]:1", true),
            ("http://x.localhost:1", true), ("http://127.evil.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://localhost.evil.example", false), ("http://127.1", false), ("http://10.0.0.1", false),
            ("", false),
            ("localhost", false),
        ])
    func isLocal(url: String, isLocal: Bool) { #expect(GatewayTokens.isLocal(url) == isLocal) }

    @Test("a gateway_url that names this machine differently than openclaw.json is the same gateway")
    func isSame() {
        #expect(GatewayTokens.isSame("http://localhost:18789", "http://127.0.0.1:18789"))
        #expect(!GatewayTokens.isSame("http://localhost:18789", "http://127.0.0.1:1"))
        #expect(GatewayTokens.isSame("", "") && !GatewayTokens.isSame("", "http://h"))
    }
}
