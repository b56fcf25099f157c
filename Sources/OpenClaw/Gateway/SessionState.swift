/// What `sessions_list` says of one session (seen on 2026.6.11: shared/spec/gateway.md section 0).
struct SessionState: Equatable {
    let isRunning: Bool
    /// Of its latest run, as below.
    var startedAt: Double?
    /// Of its latest run, by the gateway's clock, in milliseconds; nil while one runs.
    var endedAt: Double?
}

/// The result of `sessions_list`.
struct SessionsList: Decodable {
    private let sessions: [Lenient<Entry>]

    private struct Entry: Decodable {
        let key: String
        let status: String?
        let startedAt: Lenient<Double>?
        let endedAt: Lenient<Double>?
    }

    /// - Returns: nil where the session is not in it, and for gateways that say nothing of runs.
    func state(of key: String) -> SessionState? {
        guard let entry = sessions.lazy.compactMap(\.value).first(where: { $0.key == key }),
            let status = entry.status
        else { return nil }
        return SessionState(
            isRunning: status == "running", startedAt: entry.startedAt?.value, endedAt: entry.endedAt?.value)
    }
}
