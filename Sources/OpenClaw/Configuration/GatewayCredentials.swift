import JSON5

/// The credentials that a local gateway's own configuration holds: `gateway.auth.token`, then
/// `gateway.auth.password` (the same header serves for both; shared/spec/gateway.md A5).
package enum GatewayCredentials {
    /// The readable credentials of an openclaw.json, best first; empty when it holds none that can be read
    /// here.
    /// - Parameter variable: the value of an environment variable as OpenClaw would see it.
    package static func candidates(inConfig text: String, variable: (String) -> String?) -> [String] {
        guard let document = try? JSON5Document(parsing: text),
            let auth = document.root[path: "gateway", "auth"]
        else { return [] }
        return ["token", "password"].compactMap { auth[$0].flatMap { value(of: $0, variable) } }.filter {
            !$0.isEmpty
        }
    }

    private static func value(of node: JSON5Node, _ variable: (String) -> String?) -> String? {
        if let text = node.string { return substituted(text, variable) }
        // A SecretRef; only the environment can be read from here.
        guard node["source"]?.string == "env", let name = node["id"]?.string else { return nil }
        return variable(name)
    }

    /// `${NAME}` anywhere in a text; `$${NAME}` stands for itself; nil when a name has no value (C4).
    private static func substituted(_ text: String, _ variable: (String) -> String?) -> String? {
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /(\$?)\$\{([A-Z_][A-Z0-9_]*)\}/) {
            result += rest[..<match.range.lowerBound]
            if match.output.1.isEmpty {
                guard let value = variable(String(match.output.2)) else { return nil }
                result += value
            } else {
                result += match.output.0.dropFirst()
            }
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }
}
