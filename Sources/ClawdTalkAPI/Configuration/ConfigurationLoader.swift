import Foundation
import Wire

/// Makes a ``SkillConfiguration`` from the command line, the environment, skill-config.json and the defaults,
/// in this order of precedence (shared/spec/architecture.md).
package struct ConfigurationLoader {
    /// Values from the command line, by key name.
    package var overrides: [String: String] = [:]
    package var environment: EnvironmentValues
    package var configPath: String
    /// Whether the user named the file: then it must exist.
    package var isConfigRequired = false
    /// False for commands that never talk to the service.
    package var isKeyRequired = true
    /// The text of a file, nil when it does not exist.
    package var readFile: (String) throws -> String?

    package init(
        environment: EnvironmentValues, configPath: String, readFile: @escaping (String) throws -> String?
    ) {
        (self.environment, self.configPath, self.readFile) = (environment, configPath, readFile)
    }

    package func load() throws(ConfigurationError) -> SkillConfiguration {
        let values = ConfigurationValues(
            overrides: overrides, environment: environment, configPath: configPath,
            file: try readConfigFile())
        var warnings = values.unknownNames.map { "\(configPath) has the unknown key \($0)" }
        let apiKey = try values.text(.apiKey) ?? ""
        if apiKey.isEmpty, isKeyRequired {
            throw ConfigurationError(
                place: configPath, key: "api_key", problem: "there is no API key",
                cure: "Put it there or into CLAWDTALK_API_KEY; it is on the dashboard at clawdtalk.com.")
        }
        if !apiKey.isEmpty, !apiKey.hasPrefix("cc_") {
            warnings.append("the API key does not begin with cc_")
        }
        let server = try url(.server, values)
        let restURL = try restURL(below: server)
        if Self.needsTLS(server) {
            warnings.append("server is \(server): the API key and every word go there without TLS")
        } else if Self.needsTLS(restURL) {
            warnings.append("\(Self.restVariable) is \(restURL): the API key goes there without TLS")
        }
        var configuration = SkillConfiguration(
            apiKey: apiKey, socketURL: Self.socketURL(server), gatewayURL: try url(.gatewayURL, values),
            gatewayToken: try values.text(.gatewayToken), agentID: try agentID(values),
            ownerName: try values.text(.ownerName), agentName: try values.text(.agentName),
            greeting: try values.text(.greeting), warnings: warnings)
        configuration.gatewayFingerprint = try fingerprint(values)
        configuration.usesCompression = try values.flag(.permessageDeflate)
        configuration.restURL = restURL
        if let key = try sessionKey(values) { configuration.sessionKey = key }
        configuration.sessionChoice = SessionChoice(rawValue: try values.choice(.session)) ?? .main
        configuration.agentLink = AgentLinkChoice(rawValue: try values.choice(.agentLink)) ?? .sessionsSend
        configuration.conversation = try ConversationConfiguration(values)
        try loadMessages(values, into: &configuration)
        configuration.logLevel = try values.choice(.logLevel)
        configuration.metricsListen = try metricsListen(values)
        configuration.fliesMissions = try values.flag(.missionsAutopilot)
        return configuration
    }

    private func readConfigFile() throws(ConfigurationError) -> [String: Any] {
        let text: String?
        do {
            text = try readFile(configPath)
        } catch {
            throw ConfigurationError(
                place: configPath, problem: "it cannot be read", cure: "Check its permissions.")
        }
        guard let text else {
            guard isConfigRequired else { return [:] }
            throw ConfigurationError(
                place: configPath, problem: "it does not exist", cure: "Name another file.")
        }
        let parsed: Any
        do {
            parsed = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        } catch {
            let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "invalid"
            throw ConfigurationError(
                place: configPath, problem: "it is not JSON (\(detail.trimmingCharacters(in: ["."])))",
                cure: "Mend it or run ./setup.sh.")
        }
        guard let object = parsed as? [String: Any] else {
            throw ConfigurationError(
                place: configPath, problem: "it is not a JSON object", cure: "Mend it or run ./setup.sh.")
        }
        return object
    }

    private func url(_ key: ConfigurationKey, _ values: ConfigurationValues) throws(ConfigurationError)
        -> String
    {
        let value = try values.sourced(key)
        let text = value?.text ?? ""
        let takesWebSocket = key.name == ConfigurationKey.server.name
        guard let problem = Self.objection(to: text, takesWebSocket: takesWebSocket) else {
            return String(text.reversed().drop { $0 == "/" }.reversed())
        }
        throw ConfigurationError(
            place: value?.place ?? configPath, key: key.name, problem: problem,
            cure: "Write it like \(key.defaultValue ?? "https://host").")
    }

    private static let restVariable = "CLAWDTALK_API_URL"

    private func restURL(below server: String) throws(ConfigurationError) -> String {
        guard let text = try environment.value(Self.restVariable) else { return Self.restURL(server) }
        guard let problem = Self.objection(to: text, takesWebSocket: false) else { return text }
        throw ConfigurationError(
            place: "environment variable \(Self.restVariable)", problem: problem,
            cure: "Write it like https://clawdtalk.com/v1.")
    }

    private static func needsTLS(_ text: String) -> Bool {
        (try? AbsoluteURL(text)).map { !$0.scheme.isSecure && !$0.host.isLoopback } == true
    }

    /// Why a text is not a URL that something can be asked below, nil when it is one.
    private static func objection(to text: String, takesWebSocket: Bool) -> String? {
        reason(against: text, takesWebSocket: takesWebSocket).map { reason in
            // It may hold a password.
            let shown = text.contains("@") ? "the URL" : "\"\(text)\""
            return "\(shown) cannot be used: \(reason)"
        }
    }

    private static func reason(against text: String, takesWebSocket: Bool) -> String? {
        do throws(URLFault) {
            let url = try AbsoluteURL(text)
            if !takesWebSocket, ![.http, .https].contains(url.scheme) {
                return "it does not start with http:// or https://"
            }
            let hasMore = text.utf8.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
            return hasMore ? "it has something after the path; remove everything from the ? or # on" : nil
        } catch {
            return error.summary
        }
    }

    /// Agent ids become a part of a session key, so they hold nothing that could end that part.
    private func agentID(_ values: ConfigurationValues) throws(ConfigurationError) -> String {
        let id = try values.text(.agentID) ?? "main"
        guard id.allSatisfy({ ($0.isASCII && ($0.isLetter || $0.isNumber)) || $0 == "-" || $0 == "_" }) else {
            throw values.error(.agentID, "\"\(id)\" is not an agent id", "Use letters, digits, - and _ only.")
        }
        return id
    }

    private func sessionKey(_ values: ConfigurationValues) throws(ConfigurationError) -> String? {
        guard let key = try values.text(.sessionKey) else { return nil }
        guard key.utf8.count <= 512, key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw values.error(
                .sessionKey, "\"\(key)\" is not a session key", "Write it like agent:main:main.")
        }
        return key
    }

    private func metricsListen(_ values: ConfigurationValues) throws(ConfigurationError) -> ListenAddress? {
        guard let text = try values.text(.metricsListen) else { return nil }
        guard let address = ListenAddress(text) else {
            throw values.error(
                .metricsListen, "\"\(text)\" is not an address and port", "Write it like 127.0.0.1:9464.")
        }
        return address
    }

    private func loadMessages(
        _ values: ConfigurationValues, into configuration: inout SkillConfiguration
    ) throws(ConfigurationError) {
        configuration.smsAllow = try senders(values)
        configuration.reportCalls = ReportScope(rawValue: try values.choice(.reportCalls)) ?? .all
        configuration.reportsAfter = try values.duration(.reportsAfter)
    }

    private func check(_ number: String, _ key: ConfigurationKey, _ values: ConfigurationValues)
        throws(ConfigurationError)
    {
        if TelephoneNumber.isE164(number) { return }
        throw values.error(key, "\"\(number)\" is not a telephone number", "Write it like +13125550123.")
    }

    private func senders(_ values: ConfigurationValues) throws(ConfigurationError) -> [String]? {
        guard let senders = try values.list(.smsAllow) else { return nil }
        for sender in senders { try check(sender, .smsAllow, values) }
        return senders
    }

    private func fingerprint(_ values: ConfigurationValues) throws(ConfigurationError) -> String? {
        guard let text = try values.text(.gatewayFingerprint) else { return nil }
        let digits = text.filter { $0 != ":" }
        guard digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else {
            throw values.error(
                .gatewayFingerprint, "it is not a SHA-256 fingerprint",
                "Write 64 hexadecimal digits, with or without colons.")
        }
        return text
    }

    /// ws becomes http; REST is below `/v1` (shared/spec/rest-api.md 1.1).
    static func restURL(_ server: String) -> String {
        let rest = server.drop { $0 != ":" }
        return (isSecure(server) ? "https" : "http") + rest + "/v1"
    }

    private static func isSecure(_ server: String) -> Bool {
        let scheme = server.prefix { $0 != ":" }.lowercased()
        return scheme == "https" || scheme == "wss"
    }

    /// http becomes ws; the socket is at `/ws` below the server's own path.
    static func socketURL(_ server: String) -> String {
        let rest = server.drop { $0 != ":" }
        return (isSecure(server) ? "wss" : "ws") + rest + "/ws"
    }
}
