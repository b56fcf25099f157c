/// Where named values come from: the environment, files that `NAME_FILE` names, and .env files.
package struct EnvironmentValues: Sendable {
    private let environment: [String: String]
    private let dotEnvs: [DotEnv]
    private let readFile: @Sendable (String) -> String?

    /// - Parameters:
    ///   - dotEnvPaths: first hit wins.
    ///   - readFile: the text of a file, nil when it cannot be read.
    package init(
        environment: [String: String], dotEnvPaths: [String],
        readFile: @escaping @Sendable (String) -> String?
    ) {
        self.environment = environment
        self.readFile = readFile
        dotEnvs = dotEnvPaths.compactMap(readFile).map { DotEnv(parsing: $0) }
    }

    /// The value of a variable: the environment, then the file that `name_FILE` names, then the .env files.
    /// Empty values count as unset.
    /// - Throws: when `name_FILE` names a file that cannot be read.
    package func value(_ name: String) throws(ConfigurationError) -> String? {
        if let value = environment[name], !value.isEmpty { return value }
        if let path = environment[name + "_FILE"], !path.isEmpty {
            guard let text = readFile(path) else {
                throw ConfigurationError(
                    place: "environment variable \(name)_FILE", problem: "\(path) cannot be read",
                    cure: "Name a readable file or unset the variable.")
            }
            let value = String(text.reversed().drop(while: \.isWhitespace).reversed())
            if !value.isEmpty { return value }
        }
        return dotEnvs.lazy.compactMap { $0.values[name] }.first { !$0.isEmpty }
    }
}
