import Foundation
package import JSON5
package import Storage

/// openclaw.json as the gateway sees it: includes merged, `${NAME}` filled in.
package struct OpenClawConfiguration {
    /// Reads a file; nil when there is none.
    package typealias Read = (String) throws(StorageFailure) -> FileSnapshot?

    /// What is read, and with which variables.
    package struct Source {
        package var location: OpenClawLocation
        package var environment: [String: String]
        /// The value of a variable: the environment, then OpenClaw's `.env` files.
        package var variable: (String) -> String?
        package var read: Read

        package init(
            location: OpenClawLocation, environment: [String: String],
            variable: @escaping (String) -> String?,
            read: @escaping Read = { path throws(StorageFailure) in try FileSnapshot.read(path) }
        ) {
            (self.location, self.environment, self.variable, self.read) = (
                location, environment, variable, read
            )
        }
    }

    package let source: Source
    package var path: String { source.location.configPath }
    /// Everything merged, before `${NAME}`.
    let merged: JSON5Value
    /// As the gateway sees it.
    package let value: JSON5Value
    /// Every file that was read, by the path it was asked for.
    package let files: [String: ConfigurationFile]

    /// - Throws: ``ConfigurationFault``.
    package init(_ source: Source) throws(ConfigurationFault) {
        let path = source.location.configPath
        var reader = IncludeReader(roots: Self.roots(source), read: source.read)
        merged = try reader.load(path)
        (self.source, files) = (source, reader.files)
        let own = OwnVariables(merged)
        value = VariableSubstitution { source.variable($0) ?? own[$0] }.apply(to: merged)
    }

    /// The value of a variable as the gateway sees it: its environment, its `.env` files, its `env` block.
    package func variable(_ name: String) -> String? {
        source.variable(name) ?? OwnVariables(merged)[name]
    }

    /// The folder of the configuration and those of OPENCLAW_INCLUDE_ROOTS, as they really are.
    private static func roots(_ source: Source) -> [String] {
        let named = (source.environment["OPENCLAW_INCLUDE_ROOTS"] ?? "").split(separator: ":").map {
            OpenClawLocation.expanded(
                $0.trimmingCharacters(in: .whitespaces), home: source.location.home, "/")
        }
        let folder = (source.location.configPath as NSString).deletingLastPathComponent
        return ([folder] + named).map { URL(filePath: $0).resolvingSymlinksInPath().path }
    }

    /// The `env` block: `env.NAME` before `env.vars.NAME`.
    private struct OwnVariables {
        private let block: JSON5Value?
        init(_ merged: JSON5Value) { block = merged["env"] }
        subscript(name: String) -> String? {
            let text = name == "vars" ? nil : block?[name]?.string ?? block?[path: ["vars", name]]?.string
            return text.flatMap { $0.isEmpty ? nil : $0 }
        }
    }
}
