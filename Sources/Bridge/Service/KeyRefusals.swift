/// What follows when the service refuses the API key. A key that it took before is tried again, slowly: a service in
/// trouble may refuse it too. Only a refusal that stays, or a key that was never taken, ends the bridge.
struct KeyRefusals {
    enum Action: Equatable {
        case tryAgain(after: Duration)
        /// Exit status 77.
        case giveUp
    }

    private var accepted: Set<String> = []
    private var since: Duration?
    private var attempts = 0

    /// How long nothing but refusals may come.
    private static let patience = Duration.seconds(600)
    /// The first wait is 30 to 60 s, each next one twice as long, up to 150 to 300 s.
    private static let firstWait = Duration.seconds(60)
    private static let longestWait = Duration.seconds(300)
    private static let shortestWait = Duration.seconds(30)

    mutating func accepted(_ key: String) {
        accepted.insert(key)
        interrupted()
    }

    /// Something else came than a refusal: what was before does not count.
    mutating func interrupted() { (since, attempts) = (nil, 0) }

    /// - Parameter random: from 0 to 1.
    mutating func refused(_ key: String, now: Duration, random: Double) -> Action {
        guard accepted.contains(key) else { return .giveUp }
        let began = since ?? now
        since = began
        let left = began + Self.patience - now
        guard left > .zero else { return .giveUp }
        let ceiling = min(Self.firstWait * (1 << min(attempts, 8)), Self.longestWait)
        attempts += 1
        return .tryAgain(after: max(Self.shortestWait, min(ceiling * (0.5 + random / 2), left)))
    }
}
