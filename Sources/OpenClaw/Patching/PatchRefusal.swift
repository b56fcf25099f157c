package import JSON5
package import Storage

/// Why openclaw.json is not changed. Nothing of it has been then.
package enum PatchRefusal: Error, Equatable, Sendable {
    case configuration(ConfigurationFault)
    case storage(StorageFailure)
    case edit(path: String, JSON5EditFailure)
    /// The key comes from several includes, or from one that is merged with others.
    case spread(key: String, path: String)
    /// The gateway is on another machine.
    case remote(url: String)
    /// OPENCLAW_NIX_MODE=1: OpenClaw's own tools write nothing either.
    case nixMode(path: String)
    /// Adding the agent would make another one the default.
    case defaultAgentWouldChange(path: String)

    package var line: String {
        switch self {
        case .configuration(let fault): fault.line
        case .storage(let fault): fault.line
        case .edit(let path, let error): "\(path): \(error.summary). Mend it or make the change by hand."
        case .spread(let key, let path):
            "\(path): \(key) comes from an $include that is merged with others. Make the change by hand."
        case .remote(let url):
            "The gateway is on another machine (gateway.mode is remote\(url.isEmpty ? "" : ", \(url)")). "
                + "Make the change there."
        case .nixMode(let path):
            "\(path): OPENCLAW_NIX_MODE is 1, it is made by Nix. Make the change in your Nix configuration."
        case .defaultAgentWouldChange(let path):
            "\(path): one more agent would change which one is the default. Make the change by hand."
        }
    }
}
