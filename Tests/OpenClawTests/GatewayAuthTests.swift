import Testing

@testable import OpenClaw

@Suite("gateway.md A5, C4, C5: the gateway's own credentials")
struct GatewayAuthTests {
    @Test(
        "readable ones, best first",
        arguments: [
            (#"{gateway: {auth: {token: "t"}}}"#, ["t"]),
            (#"{"gateway": {"auth": {"mode": "password", "password": "p"}}}"#, ["p"]),
            (#"{gateway: {auth: {mode: "password", token: "t", password: "p"}}}"#, ["p", "t"]),
            (#"{gateway: {auth: {mode: "trusted-proxy", password: "p"}}}"#, ["p"]),
            (#"{gateway: {auth: {mode: "none", token: "t"}}}"#, []),
            ("// c\n{gateway: {auth: {token: 'a-${NAME}-b', password: 'p',}}}", ["a-value-b", "p"]),
            (#"{gateway: {auth: {token: "$${NAME}"}}}"#, []),
            (#"{gateway: {auth: {token: "$NAME"}}}"#, ["value"]),
            (#"{gateway: {auth: {token: "${UNSET}"}}}"#, []),
            (#"{env: {UNSET: "own"}, gateway: {auth: {token: "${UNSET}"}}}"#, ["own"]),
            (#"{env: {vars: {UNSET: "own"}}, gateway: {auth: {token: "${UNSET}"}}}"#, ["own"]),
            (#"{gateway: {auth: {token: {source: "env", provider: "default", id: "NAME"}}}}"#, ["value"]),
            (#"{gateway: {auth: {token: {source: "store", id: "NAME"}}}}"#, []),
            (#"{gateway: {auth: {token: ""}}}"#, []),
            (#"{gateway: 5}"#, []),
        ] as [(String, [String])])
    func candidates(config: String, expected: [String]) throws {
        let sample = OpenClawSample(config, environment: ["NAME": "value"])
        #expect(try sample.load().auth.candidates == expected)
    }

    @Test("what is kept elsewhere is named, with the variable that takes its place")
    func unreadable() throws {
        let sample = OpenClawSample(#"{gateway: {auth: {token: {source: "store", provider: "x", id: "y"}}}}"#)
        #expect(
            try sample.load().auth.unreadable
                == ["gateway.auth.token is kept in OpenClaw's own store; set OPENCLAW_GATEWAY_TOKEN"])
    }

    @Test("a file of secrets.providers is read")
    func files() throws {
        let reference = #"{source: "file", provider: "f", id: "/gateway/token"}"#
        let config = """
            {secrets: {providers: {f: {source: "file", path: "~/s.json"}, g: {source: "file", path: "/g", mode: \
            "singleValue"}}}, gateway: {auth: {token: \(reference), password: {source: "file", provider: "g", id: \
            "value"}}}}
            """
        let files = ["/h/s.json": #"{"gateway": {"token": "t"}}"#, "/g": "p\n"]
        #expect(try OpenClawSample(config, including: files).load().auth.candidates == ["t", "p"])
    }
}
