import Foundation

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
        let file = try readConfigFile()
        var warnings = unknownKeys(in: file)
        let apiKey = try value(.apiKey, file) ?? ""
        if apiKey.isEmpty, isKeyRequired {
            throw ConfigurationError(
                place: configPath, key: "api_key", problem: "there is no API key",
                cure: "Put it there or into CLAWDTALK_API_KEY; it is on the dashboard at clawdtalk.com.")
        }
        if !apiKey.isEmpty, !apiKey.hasPrefix("cc_") {
            warnings.append("the API key does not begin with cc_")
        }
        let server = try url(.server, file)
        var configuration = SkillConfiguration(
            apiKey: apiKey, socketURL: Self.socketURL(server), gatewayURL: try url(.gatewayURL, file),
            gatewayToken: try value(.gatewayToken, file), agentID: try agentID(file),
            ownerName: try value(.ownerName, file), agentName: try value(.agentName, file),
            greeting: try value(.greeting, file), warnings: warnings)
        configuration.gatewayFingerprint = try fingerprint(file)
        configuration.usesCompression = try flag(.permessageDeflate, file) ?? true
        configuration.restURL = try environment.value("CLAWDTALK_API_URL") ?? Self.restURL(server)
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

    private func unknownKeys(in file: [String: Any]) -> [String] {
        let known = Set(ConfigurationKey.all.map(\.name))
        return file.keys.filter { !known.contains($0) }.sorted().map {
            "\(configPath) has the unknown key \($0)"
        }
    }

    /// A value and where it stands, for the error that it may cause.
    private struct Sourced {
        let text: String
        let place: String
    }

    private func value(_ key: ConfigurationKey, _ file: [String: Any]) throws(ConfigurationError) -> String? {
        try sourced(key, file)?.text
    }

    /// The value of a key by precedence; empty strings and null count as unset.
    private func sourced(_ key: ConfigurationKey, _ file: [String: Any]) throws(ConfigurationError)
        -> Sourced?
    {
        if let value = overrides[key.name], !value.isEmpty {
            return Sourced(text: value, place: "command line")
        }
        for variable in key.variables {
            guard let value = try environment.value(variable) else { continue }
            return Sourced(text: value, place: "environment variable \(variable)")
        }
        if let text = try fileValue(key, file) { return Sourced(text: text, place: configPath) }
        return key.defaultValue.map { Sourced(text: $0, place: "default") }
    }

    private func fileValue(_ key: ConfigurationKey, _ file: [String: Any]) throws(ConfigurationError)
        -> String?
    {
        guard let entry = file[key.name], !(entry is NSNull) else { return nil }
        guard let text = entry as? String else {
            throw ConfigurationError(
                place: configPath, key: key.name, problem: "the value is not a text",
                cure: "Put it in double quotes.")
        }
        guard let name = EnvironmentName.reference(in: text) else { return text.isEmpty ? nil : text }
        guard let value = try environment.value(name) else {
            throw ConfigurationError(
                place: configPath, key: key.name, problem: "it refers to \(text), which is not set",
                cure: "Set \(name) in the environment or in a .env file.")
        }
        return value
    }

    private func url(_ key: ConfigurationKey, _ file: [String: Any]) throws(ConfigurationError) -> String {
        let value = try sourced(key, file)
        let text = value?.text ?? ""
        let schemes =
            key.name == ConfigurationKey.server.name ? ["http", "https", "ws", "wss"] : ["http", "https"]
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            schemes.contains(scheme), let host = parts.host, host.contains(where: { !"[]".contains($0) }),
            parts.query == nil, parts.user == nil, Self.hasGoodPort(parts)
        else {
            // It may hold a password.
            let shown = text.contains("@") ? "the value" : "\"\(text)\""
            throw ConfigurationError(
                place: value?.place ?? configPath, key: key.name,
                problem: "\(shown) is not a URL that can be used",
                cure: "Write it like \(key.defaultValue ?? "https://host").")
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    /// A port that is no port, or too large for one, reads as none.
    private static func hasGoodPort(_ parts: URLComponents) -> Bool {
        if let port = parts.port { return (1...65535).contains(port) }
        return parts.string?.contains(/^[A-Za-z]+:\/\/(\[[^\]]*\]|[^\/:]*):/) == false
    }

    /// Agent ids become a part of a session key, so they hold nothing that could end that part.
    private func agentID(_ file: [String: Any]) throws(ConfigurationError) -> String {
        let id = try value(.agentID, file) ?? "main"
        guard id.allSatisfy({ ($0.isASCII && ($0.isLetter || $0.isNumber)) || $0 == "-" || $0 == "_" }) else {
            throw ConfigurationError(
                place: configPath, key: "agent_id", problem: "\"\(id)\" is not an agent id",
                cure: "Use letters, digits, - and _ only.")
        }
        return id
    }

    /// JSONSerialization takes 1 for true where asked for a Bool; here only `true` and `false` are flags.
    private func flag(_ key: ConfigurationKey, _ file: [String: Any]) throws(ConfigurationError) -> Bool? {
        guard let entry = file[key.name], !(entry is NSNull) else { return nil }
        if let number = entry as? NSNumber, String(cString: number.objCType) == "c" {
            return number.boolValue
        }
        throw ConfigurationError(
            place: configPath, key: key.name, problem: "the value is neither true nor false",
            cure: "Write true or false, without quotes.")
    }

    private func fingerprint(_ file: [String: Any]) throws(ConfigurationError) -> String? {
        guard let text = try value(.gatewayFingerprint, file) else { return nil }
        let digits = text.filter { $0 != ":" }
        guard digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else {
            throw ConfigurationError(
                place: configPath, key: ConfigurationKey.gatewayFingerprint.name,
                problem: "it is not a SHA-256 fingerprint",
                cure: "Write 64 hexadecimal digits, with or without colons.")
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
