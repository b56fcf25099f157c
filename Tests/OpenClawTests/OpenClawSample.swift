import Storage

@testable import OpenClaw

/// A configuration out of texts in memory; the main one is `/h/.openclaw/openclaw.json`.
struct OpenClawSample {
    var files: [String: String]
    var environment: [String: String] = [:]

    static let folder = "/h/.openclaw"
    static let path = folder + "/openclaw.json"

    init(_ text: String, including others: [String: String] = [:], environment: [String: String] = [:]) {
        files = [Self.path: text]
        for (name, text) in others { files[name.hasPrefix("/") ? name : Self.folder + "/" + name] = text }
        self.environment = environment
    }

    func load() throws(ConfigurationFault) -> OpenClawConfiguration {
        let (files, environment) = (files, environment)
        let location = OpenClawLocation(environment: environment, home: "/h") { files[$0] != nil }
        return try OpenClawConfiguration(
            OpenClawConfiguration.Source(
                location: location, environment: environment, variable: { environment[$0] },
                read: { path in
                    let real = path.replacing("/./", with: "/")
                    return files[real].map { FileSnapshot(path: real, bytes: Array($0.utf8)) }
                }))
    }
}
