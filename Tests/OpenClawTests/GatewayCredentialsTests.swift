import Testing

@testable import OpenClaw

@Suite("gateway.md C4, C5: the gateway's own credentials")
struct GatewayCredentialsTests {
    @Test(
        "readable ones, best first",
        arguments: [
            (#"{gateway: {auth: {token: "t"}}}"#, ["t"]),
            (#"{"gateway": {"auth": {"mode": "password", "password": "p"}}}"#, ["p"]),
            (
                #"// c\#n{gateway: {auth: {token: 'a-${NAME}-b', password: 'p',}}}"#.replacing(
                    #"\#n"#, with: "\n"), ["a-value-b", "p"]
            ),
            (#"{gateway: {auth: {token: "$${NAME}"}}}"#, ["${NAME}"]),
            (#"{gateway: {auth: {token: "${UNSET}"}}}"#, []),
            (#"{gateway: {auth: {token: {source: "env", provider: "default", id: "NAME"}}}}"#, ["value"]),
            (#"{gateway: {auth: {token: {source: "store", id: "NAME"}}}}"#, []),
            (#"{gateway: {auth: {token: ""}}}"#, []),
            (#"{gateway: 5}"#, []),
            ("not json", []),
            ("", []),
        ] as [(String, [String])])
    func candidates(config: String, expected: [String]) {
        #expect(GatewayCredentials.candidates(inConfig: config) { $0 == "NAME" ? "value" : nil } == expected)
    }
}
