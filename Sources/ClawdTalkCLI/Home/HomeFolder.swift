import Foundation

/// CLAWDTALK_HOME: the one folder with all state.
struct HomeFolder: Equatable {
    let path: String

    /// The variable, else the current folder when it holds a skill-config.json, else `~/.clawdtalk`.
    init(environment: [String: String], currentFolder: String, exists: (String) -> Bool) {
        if let path = environment["CLAWDTALK_HOME"], !path.isEmpty {
            self.path = path.hasPrefix("/") ? path : currentFolder + "/" + path
        } else if exists(currentFolder + "/skill-config.json") {
            path = currentFolder
        } else {
            path = Self.userHome(environment) + "/.clawdtalk"
        }
    }

    /// A folder of this name among the system's temporary ones.
    init(temporary name: String) {
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    }

    /// HOME, as every program takes it; Foundation on Linux asks the password file instead.
    static func userHome(_ environment: [String: String]) -> String {
        environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
    }

    static var current: HomeFolder {
        HomeFolder(
            environment: ProcessInfo.processInfo.environment,
            currentFolder: FileManager.default.currentDirectoryPath,
            exists: FileManager.default.fileExists(atPath:))
    }

    init(path: String) { self.path = path }

    /// The missions and their memory.
    var missionsStatePath: String { path + "/.missions_state.json" }
    /// What missions found out, a Markdown file each.
    var missionReportsPath: String { path + "/reports" }
    var configPath: String { path + "/skill-config.json" }
    var dotEnvPath: String { path + "/.env" }
    /// What `start` and `stop` leave for `watchdog` and `restart`.
    var recordPath: String { path + "/.connect.json" }
    var logPath: String { path + "/.connect.log" }
    /// What setup added where, for uninstall.
    var setupRecordPath: String { path + "/.setup.json" }
    /// Held by a setup while it writes.
    var setupLockPath: String { path + "/.setup.lock" }
    /// What the bridge learned of its gateway.
    var gatewayMemoryPath: String { path + "/.gateway.json" }
    /// Which calls and questions are open.
    var journalPath: String { path + "/.calls.journal" }
    /// Where the bridge's own clock stood, by which ages count.
    var clockPath: String { path + "/.clock" }
    /// The calls that are kept.
    var callsPath: String { path + "/calls" }
    /// Texts that are not answered, and calls that were not reported.
    var textsPath: String { path + "/spool/texts" }
    var reportsPath: String { path + "/spool/reports" }
    var pidPath: String { path + "/.connect.pid" }

    /// Where a bridge makes its control socket. A path that is longer than the system allows moves to
    /// XDG_RUNTIME_DIR or the temporary folder, under a name that belongs to this home; ``InstanceLock/note(_:)`` tells
    /// others, whose variables may be different.
    var socketPath: String {
        let inHome = path + "/.connect.sock"
        guard inHome.utf8.count > 100 else { return inHome }
        let environment = ProcessInfo.processInfo.environment
        let folder = environment["XDG_RUNTIME_DIR"] ?? environment["TMPDIR"] ?? "/tmp"
        let hash = path.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        return "\(folder)/clawdtalk-\(getuid())-\(String(hash, radix: 16)).sock"
    }

    /// How the program is called where this folder is the package's own, and elsewhere.
    var command: String {
        FileManager.default.fileExists(atPath: path + "/connect.sh") ? "./connect.sh" : "clawdtalk"
    }

    /// Setup and doctor by the scripts or by the program.
    func command(for verb: String) -> String {
        FileManager.default.fileExists(atPath: path + "/\(verb).sh") ? "./\(verb).sh" : "\(command) \(verb)"
    }

    /// Makes the folder, readable by its owner only. - Throws: ``CommandFailure`` with status 73.
    func create() throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .cannotWrite, "\(path) cannot be made. Set CLAWDTALK_HOME to a folder of yours.")
        }
    }
}
