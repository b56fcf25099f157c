import Testing

@testable import ClawdTalkAPI

@Suite("architecture.md: the configuration and where its values come from")
struct ConfigurationLoaderTests {
    private func load(
        _ json: String?, environment: [String: String] = [:], files: [String: String] = [:],
        dotEnv: String? = nil,
        overrides: [String: String] = [:], isRequired: Bool = false
    ) -> Result<SkillConfiguration, ConfigurationError> {
        let all = files.merging(dotEnv.map { ["/h/.env": $0] } ?? [:]) { $1 }
        let values = EnvironmentValues(environment: environment, dotEnvPaths: ["/h/.env", "/none"]) {
            all[$0]
        }
        var loader = ConfigurationLoader(environment: values, configPath: "/h/skill-config.json") { _ in json
        }
        loader.overrides = overrides
        loader.isConfigRequired = isRequired
        return Result { () throws(ConfigurationError) in try loader.load() }
    }

    @Test("defaults")
    func defaults() throws {
        let configuration = try load(#"{"api_key":"cc_1"}"#).get()
        var expected = SkillConfiguration(
            apiKey: "cc_1", socketURL: "wss://clawdtalk.com/ws", gatewayURL: "http://127.0.0.1:18789",
            gatewayToken: nil, agentID: "main")
        expected.restURL = "https://clawdtalk.com/v1"
        #expect(configuration == expected)
        #expect(configuration.usesCompression)
        #expect(configuration.sessionKey == "agent:main:main")
    }

    @Test("a flag is true or false, nothing else")
    func flags() throws {
        func json(_ value: String) -> String { #"{"api_key":"cc_1","permessage_deflate":\#(value)}"# }
        #expect(try !load(json("false")).get().usesCompression)
        #expect(try load(json("true")).get().usesCompression)
        #expect(try load(json("null")).get().usesCompression)
        for text in ["0", "1", #""false""#, "[]"] {
            #expect(throws: ConfigurationError.self) { try load(json(text)).get() }
        }
    }

    @Test("the command line, then the environment, then NAME_FILE, then .env, then the file")
    func precedence() throws {
        let json = #"{"api_key":"cc_file"}"#
        let file = ["/k": "cc_secretfile\n"]
        #expect(try load(json).get().apiKey == "cc_file")
        #expect(try load(json, dotEnv: "CLAWDTALK_API_KEY=cc_env").get().apiKey == "cc_env")
        #expect(
            try load(
                json, environment: ["CLAWDTALK_API_KEY_FILE": "/k"], files: file,
                dotEnv: "CLAWDTALK_API_KEY=cc_env"
            ).get().apiKey == "cc_secretfile")
        #expect(
            try load(
                json, environment: ["CLAWDTALK_API_KEY": "cc_var", "CLAWDTALK_API_KEY_FILE": "/k"],
                files: file
            ).get().apiKey == "cc_var")
        #expect(
            try load(json, environment: ["CLAWDTALK_API_KEY": "cc_var"], overrides: ["api_key": "cc_line"])
                .get().apiKey == "cc_line")
        #expect(try load(json, environment: ["CLAWDTALK_API_KEY": ""]).get().apiKey == "cc_file")
        #expect(try load(nil, environment: ["CLAWDTALK_API_KEY": "cc_var"]).get().apiKey == "cc_var")
        #expect(
            try load(json, environment: ["CLAWDBOT_GATEWAY_TOKEN": "old", "OPENCLAW_GATEWAY_TOKEN": "new"])
                .get().gatewayToken == "new")
    }

    @Test("${NAME} is a reference, anything longer is text")
    func references() throws {
        #expect(try load(#"{"api_key":"${KEY}"}"#, environment: ["KEY": "cc_1"]).get().apiKey == "cc_1")
        #expect(try load(#"{"api_key":"${KEY}"}"#, dotEnv: "KEY=cc_2").get().apiKey == "cc_2")
        #expect(try load(#"{"api_key":"cc_${KEY}"}"#).get().apiKey == "cc_${KEY}")
    }

    @Test(
        "the socket's URL",
        arguments: [
            ("https://clawdtalk.com", "wss://clawdtalk.com/ws"),
            ("http://127.0.0.1:8080/", "ws://127.0.0.1:8080/ws"),
            ("wss://h/base//", "wss://h/base/ws"), ("ws://[::1]:1", "ws://[::1]:1/ws"),
            ("HTTPS://H", "wss://H/ws"),
        ])
    func socketURL(server: String, expected: String) throws {
        #expect(try load(#"{"api_key":"cc_1"}"#, overrides: ["server": server]).get().socketURL == expected)
    }

    @Test(
        "each mistake names file, key and cure",
        arguments: [
            ("{", nil), ("[]", nil), ("", nil), (#"{"api_key":5}"#, "api_key"), (#"{}"#, "api_key"),
            (#"{"api_key":"${NOPE}"}"#, "api_key"),
            (#"{"api_key":"cc_1","server":"clawdtalk.com"}"#, "server"),
            (#"{"api_key":"cc_1","server":"ftp://x"}"#, "server"),
            (#"{"api_key":"cc_1","gateway_url":"ws://x"}"#, "gateway_url"),
            (#"{"api_key":"cc_1","gateway_url":"http://x:99999"}"#, "gateway_url"),
            (#"{"api_key":"cc_1","agent_id":"a:b"}"#, "agent_id"),
            (#"{"api_key":"cc_1","owner_name":["x"]}"#, "owner_name"),
        ] as [(String, String?)])
    func mistake(json: String, key: String?) throws {
        guard case .failure(let error) = load(json) else { throw TestFailure.noError }
        #expect(error.place == "/h/skill-config.json" && error.key == key)
        #expect(!error.cure.isEmpty && !error.line.contains("\n"))
    }

    enum TestFailure: Error { case noError }

    @Test(
        "hosts and ports that are none",
        arguments: [
            "ws://[]", "https://h:99999999999999999999", "https://h:", "https://h:x", "https://:443",
            "http://127.1",
            "https://a%00b", "https://b\u{FC}cher.example", "https://h?a", "https://h/#a",
            "http://[fe80::1%25en0]",
        ])
    func badAddress(server: String) {
        #expect(load(#"{"api_key":"cc_1"}"#, overrides: ["server": server]).error?.key == "server")
    }

    @Test("an international name is asked for in its xn-- form, and goes out in it")
    func internationalName() throws {
        let json = #"{"api_key":"cc_1"}"#
        let error = load(json, overrides: ["server": "https://b\u{FC}cher.example"]).error
        #expect(error?.line.contains("xn--") == true)
        let server = "https://xn--bcher-kva.example"
        #expect(try load(json, overrides: ["server": server]).get().restURL == server + "/v1")
    }

    @Test("a refused URL with a password is not shown")
    func passwordInURL() {
        let line = load(#"{"api_key":"cc_1"}"#, overrides: ["server": "https://u:topsecret@h"]).error?.line
        #expect(line?.contains("topsecret") == false)
    }

    @Test("a mistake names the place that the value came from")
    func place() {
        let json = #"{"api_key":"cc_1"}"#
        #expect(load(json, overrides: ["server": "x"]).error?.place == "command line")
        let environment = ["OPENCLAW_GATEWAY_URL": "x"]
        #expect(
            load(json, environment: environment).error?.place == "environment variable OPENCLAW_GATEWAY_URL")
    }

    @Test("a file that the user named must exist")
    func named() {
        #expect(throws: ConfigurationError.self) {
            try load(nil, environment: ["CLAWDTALK_API_KEY": "cc_1"], isRequired: true).get()
        }
    }

    @Test("unknown keys and an odd key shape are warned about, older keys are known")
    func warnings() throws {
        let json = #"{"api_key":"abc","colour":"red","max_conversation_turns":20}"#
        #expect(
            try load(json).get().warnings == [
                "/h/skill-config.json has the unknown key colour", "the API key does not begin with cc_",
            ])
    }

    @Test(
        "a service that is asked without TLS is warned about, unless it is this machine",
        arguments: [
            ("http://talk.example", true), ("ws://10.0.0.9:8080", true), ("https://talk.example", false),
            ("http://127.0.0.1:9", false), ("http://localhost", false), ("http://[::1]:9", false),
            ("http://127.evil.example", true), ("http://x.localhost.", false), ("http://[0:0::1]", false),
        ])
    func plain(server: String, isWarned: Bool) throws {
        let warnings = try load(#"{"api_key":"cc_1","server":"\#(server)"}"#).get().warnings
        #expect(warnings.contains { $0.contains("without TLS") } == isWarned)
    }

    @Test("an address for REST that cannot be used is named, and one without TLS is warned about")
    func restVariable() throws {
        let json = #"{"api_key":"cc_1"}"#
        func load(_ url: String) -> Result<SkillConfiguration, ConfigurationError> {
            self.load(json, environment: ["CLAWDTALK_API_URL": url])
        }
        #expect(load("https://127.1/v1").error?.place == "environment variable CLAWDTALK_API_URL")
        #expect(load("ws://h/v1").error != nil)
        #expect(try load("http://h/v1").get().warnings.contains { $0.contains("without TLS") })
        #expect(try load("http://127.0.0.1/v1").get().warnings.isEmpty)
    }

    @Test("a value from a variable that names a missing file is an error that names the variable")
    func missingSecretFile() {
        #expect(
            load("{}", environment: ["CLAWDTALK_API_KEY_FILE": "/none"]).error?.place
                == "environment variable CLAWDTALK_API_KEY_FILE")
    }
}

extension Result {
    fileprivate var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
