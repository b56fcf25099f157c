import Testing

@testable import OpenClaw

@Suite("gateway.md A5, C6: where the gateway listens")
struct GatewayEndpointTests {
    @Test(
        "its URL",
        arguments: [
            ("{}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {port: 4000}}", [:], "http://127.0.0.1:4000"),
            ("{gateway: {port: 0x1F90}}", [:], "http://127.0.0.1:8080"),
            ("{gateway: {port: 0}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {port: 70000}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {port: 1.5}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {port: '4000'}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {port: 4000}}", ["OPENCLAW_GATEWAY_PORT": "5000"], "http://127.0.0.1:5000"),
            ("{gateway: {port: 4000}}", ["OPENCLAW_GATEWAY_PORT": "[::1]:5000"], "http://127.0.0.1:5000"),
            ("{gateway: {port: 4000}}", ["OPENCLAW_GATEWAY_PORT": "many"], "http://127.0.0.1:4000"),
            ("{gateway: {bind: 'loopback'}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {bind: 'lan'}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {bind: 'custom', customBindHost: '10.0.0.5'}}", [:], "http://10.0.0.5:18789"),
            ("{gateway: {bind: 'custom', customBindHost: '0.0.0.0'}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {bind: 'custom', customBindHost: '::'}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {bind: 'custom', customBindHost: 'FD00::0:1'}}", [:], "http://[fd00::1]:18789"),
            ("{gateway: {bind: 'custom'}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {customBindHost: '10.0.0.5'}}", [:], "http://127.0.0.1:18789"),
            ("{gateway: {tls: {enabled: true}, port: 1}}", [:], "https://127.0.0.1:1"),
            ("{gateway: {tls: {enabled: false}}}", [:], "http://127.0.0.1:18789"),
            ("[]", [:], "http://127.0.0.1:18789"),
        ] as [(String, [String: String], String)])
    func url(text: String, environment: [String: String], expected: String) throws {
        #expect(try OpenClawSample(text, environment: environment).load().endpoint.baseURL == expected)
    }

    @Test(
        "its certificate",
        arguments: [
            ("{}", nil), ("{gateway: {tls: {enabled: false, certPath: '/c.pem'}}}", nil),
            ("{gateway: {tls: {enabled: true, certPath: '~/c.pem'}}}", "/h/c.pem"),
            (
                "{gateway: {tls: {enabled: true, autoGenerate: true}}}",
                "/h/.openclaw/gateway/tls/gateway-cert.pem"
            ),
        ] as [(String, String?)])
    func certificate(text: String, expected: String?) throws {
        #expect(try OpenClawSample(text).load().endpoint.certificatePath == expected)
    }

    @Test("a gateway elsewhere, and one on an address that nobody tells")
    func elsewhere() throws {
        let remote = try OpenClawSample("{gateway: {mode: 'remote', remote: {url: 'wss://g'}}}").load()
        #expect(remote.remoteGateway == "wss://g")
        #expect(try OpenClawSample("{gateway: {mode: 'remote'}}").load().remoteGateway == "")
        #expect(
            try OpenClawSample("{gateway: {mode: 'local', remote: {url: 'x'}}}").load().remoteGateway == nil)
        #expect(try OpenClawSample("{gateway: {bind: 'tailnet'}}").load().hasUnknownAddress)
        #expect(try !OpenClawSample("{}").load().hasUnknownAddress)
    }
}
