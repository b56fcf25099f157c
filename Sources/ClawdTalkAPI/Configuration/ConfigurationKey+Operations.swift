/// What is seen of a running bridge.
extension ConfigurationKey {
    package static let logLevel = Self(
        "log_level", choice: ["error", "warning", "notice", "info"], "info",
        "What the log holds; contents never. DEBUG=1 and --log-level take precedence.")
    package static let metricsListen = Self(
        "metrics_listen", .text, nil,
        "Address and port for Prometheus, such as 127.0.0.1:9464; without it nothing is served.")

    package static let missionsAutopilot = Self(
        "missions_autopilot", .flag, "false",
        "The running bridge follows the calls and texts of all missions, as `missions watch --all` does.")

    static let operations = [logLevel, metricsListen, missionsAutopilot]
}
