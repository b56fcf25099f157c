package import JSON5
package import Storage

/// Why openclaw.json cannot be read as OpenClaw would read it.
package enum ConfigurationFault: Error, Equatable, Sendable {
    case missing(path: String)
    case storage(StorageFailure)
    case syntax(path: String, JSON5Fault)
    /// An `$include` that OpenClaw refuses too.
    case include(path: String, problem: String)

    package var line: String {
        switch self {
        case .missing(let path):
            "\(path): it does not exist. Start OpenClaw once, or set OPENCLAW_CONFIG_PATH to the file."
        case .storage(let fault): fault.line
        case .syntax(let path, let error):
            "\(path), \(error.summary). Mend it; the gateway cannot read it either."
        case .include(let path, let problem):
            "\(path): \(problem). Mend it; the gateway cannot read it either."
        }
    }
}
