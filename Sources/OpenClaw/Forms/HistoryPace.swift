/// When a turn looks into the session's history: after 0.5 s, then every second, after 30 s every two, after two
/// minutes every five. A look costs up to 0.3 s of the gateway's one thread (shared/spec/gateway.md section 0).
enum HistoryPace {
    static let first = Duration.milliseconds(500)

    static func next(afterWatching elapsed: Duration) -> Duration {
        elapsed < .seconds(30) ? .seconds(1) : elapsed < .seconds(120) ? .seconds(2) : .seconds(5)
    }
}
