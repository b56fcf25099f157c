/// What `start`, `stop` and a bridge that gave up leave for `watchdog` and `restart`, in `.connect.json`.
struct BridgeRecord: Codable, Equatable {
    /// Why a bridge ended by itself.
    struct Ending: Codable, Equatable {
        let status: Int32
        let reason: String
        /// The files of the configuration as they were then: only when they change there is a point in another start.
        let files: [FileStamp?]
    }

    /// Whether a bridge is to run in the background: false after `stop`.
    var wanted = true
    /// The options of the last start.
    var arguments: [String] = []
    var ended: Ending?
    /// What `watchdog` has said last, so that it does not say it every five minutes.
    var told: String?

    static func read(_ home: HomeFolder) -> BridgeRecord? {
        PrivateFile(path: home.recordPath).decode(BridgeRecord.self)
    }

    /// A folder that cannot be written to keeps no record, and everything else goes on.
    func write(_ home: HomeFolder) { try? PrivateFile(path: home.recordPath).encode(self) }
}
