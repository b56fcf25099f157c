/// The waits between tries of something that fails: 2 s, doubling to 10 minutes.
enum RetryPace {
    static let longest = Duration.seconds(600)

    static func delay(afterFailures count: Int) -> Duration {
        min(.seconds(2) * (1 << min(max(count, 1) - 1, 16)), longest)
    }
}
