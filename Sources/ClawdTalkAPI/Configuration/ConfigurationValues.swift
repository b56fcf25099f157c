import Foundation

/// The values of keys by precedence: command line, environment, skill-config.json, default.
struct ConfigurationValues {
    let overrides: [String: String]
    let environment: EnvironmentValues
    let configPath: String
    let file: [String: Any]

    /// A value and where it stands, for the error that it may cause.
    struct Sourced {
        let text: String
        let place: String
    }

    /// A text by precedence; empty ones and null count as unset.
    func sourced(_ key: ConfigurationKey) throws(ConfigurationError) -> Sourced? {
        if let value = overrides[key.name], !value.isEmpty {
            return Sourced(text: value, place: "command line")
        }
        for variable in key.variables {
            guard let value = try environment.value(variable) else { continue }
            return Sourced(text: value, place: "environment variable \(variable)")
        }
        if let text = try fileText(key) { return Sourced(text: text, place: configPath) }
        return key.defaultValue.map { Sourced(text: $0, place: "default") }
    }

    func text(_ key: ConfigurationKey) throws(ConfigurationError) -> String? { try sourced(key)?.text }

    private func fileText(_ key: ConfigurationKey) throws(ConfigurationError) -> String? {
        guard let entry = try entry(key) else { return nil }
        guard let text = entry as? String else {
            throw error(key, "the value is not a text", "Put it in double quotes.")
        }
        guard let name = EnvironmentName.reference(in: text) else { return text.isEmpty ? nil : text }
        guard let value = try environment.value(name) else {
            throw error(
                key, "it refers to \(text), which is not set",
                "Set \(name) in the environment or in a .env file.")
        }
        return value
    }

    /// JSONSerialization takes 1 for true where asked for a Bool; here only `true` and `false` are flags.
    func flag(_ key: ConfigurationKey) throws(ConfigurationError) -> Bool {
        guard let entry = try entry(key) else { return key.defaultValue == "true" }
        guard Self.isFlag(entry), let flag = entry as? Bool else {
            throw error(key, "the value is neither true nor false", "Write true or false, without quotes.")
        }
        return flag
    }

    func number(_ key: ConfigurationKey) throws(ConfigurationError) -> Double {
        guard let entry = try entry(key) else { return key.defaultValue.flatMap(Double.init) ?? 0 }
        let (low, high) = (Self.plain(key.range.lowerBound), Self.plain(key.range.upperBound))
        guard !Self.isFlag(entry), let number = entry as? Double, key.range.contains(number) else {
            throw error(
                key, "the value is not a number from \(low) to \(high)", "Write one, without quotes.")
        }
        return number
    }

    func duration(_ key: ConfigurationKey) throws(ConfigurationError) -> Duration {
        .milliseconds(Int(try number(key) * 1000))
    }

    /// A choice by its word; JSON's true and false count as on and off where these are the words.
    func choice(_ key: ConfigurationKey) throws(ConfigurationError) -> String {
        let entry = try entry(key)
        if let entry, Self.isFlag(entry), let flag = entry as? Bool {
            if key.choices.contains(flag ? "on" : "off") { return flag ? "on" : "off" }
        } else {
            let word = try text(key) ?? ""
            if key.choices.contains(word) { return word }
        }
        throw error(
            key, "the value is none of \(key.choices.joined(separator: ", "))", "Write one of them in quotes."
        )
    }

    /// nil when there is none.
    func list(_ key: ConfigurationKey) throws(ConfigurationError) -> [String]? {
        guard let entry = try entry(key) else { return nil }
        guard let texts = entry as? [String] else {
            throw error(key, "the value is not a list of texts", #"Write it like ["one", "two"]."#)
        }
        return texts
    }

    func texts(_ key: ConfigurationKey) throws(ConfigurationError) -> [String: String] {
        guard let entry = try entry(key) else { return [:] }
        guard let texts = entry as? [String: String] else {
            throw error(key, "the value is not an object of texts", #"Write it like {"name": "text"}."#)
        }
        return texts
    }

    /// What stands in the file under a key's dotted name; null counts as unset.
    private func entry(_ key: ConfigurationKey) throws(ConfigurationError) -> Any? {
        var names = key.name.split(separator: ".").map(String.init)
        let last = names.removeLast()
        var object = file
        for name in names {
            guard let inner = object[name], !(inner is NSNull) else { return nil }
            guard let inner = inner as? [String: Any] else {
                throw ConfigurationError(
                    place: configPath, key: name, problem: "the value is not an object",
                    cure: #"Write it like {"\#(last)": …}."#)
            }
            object = inner
        }
        return object[last].flatMap { $0 is NSNull ? nil : $0 }
    }

    /// Names in the file that mean nothing, dotted.
    var unknownNames: [String] {
        let known = Set(ConfigurationKey.all.map(\.name))
        let groups = Set(known.compactMap { $0.split(separator: ".").dropLast().first.map(String.init) })
        return file.flatMap { name, entry -> [String] in
            guard groups.contains(name), let object = entry as? [String: Any] else {
                return known.contains(name) || groups.contains(name) ? [] : [name]
            }
            return object.keys.map { "\(name).\($0)" }.filter { !known.contains($0) }
        }
        .sorted()
    }

    func error(_ key: ConfigurationKey, _ problem: String, _ cure: String) -> ConfigurationError {
        ConfigurationError(place: configPath, key: key.name, problem: problem, cure: cure)
    }

    private static func isFlag(_ entry: Any) -> Bool {
        (entry as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && number < 1e9 ? String(Int(number)) : String(number)
    }
}
