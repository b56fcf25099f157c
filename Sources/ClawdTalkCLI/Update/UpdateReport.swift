/// What `update --json` prints. Members are only ever added.
struct UpdateReport: Encodable, Equatable {
    enum State: String, Encodable {
        case upToDate = "up_to_date"
        case available, updated
    }

    var state: State
    /// Versions, or commits of a checkout, before the update and of what is or was available.
    var installed: String
    var available: String
    /// The commits of a checkout's remote branch that are not here.
    var commits: Int?

    var text: String {
        let other = installed == available ? "another build of \(available)" : available
        switch state {
        case .upToDate: return "up to date (\(installed))"
        case .available: return "\(other) is available (\(installed) is installed)"
        case .updated: return "updated from \(installed) to \(other)"
        }
    }
}
