import Logging

/// One line an event, as text or JSON.
struct LineLogHandler: LogHandler {
    let state: LogState
    var metadata: Logger.Metadata = [:]

    init(_ state: LogState) { self.state = state }

    /// Of all loggers of the process, deliberately: the level can be changed while the bridge runs.
    var logLevel: Logger.Level {
        get { state.level }
        set { state.level = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let line = LogLine(
            time: LogTime.now(), level: event.level, message: event.message.description,
            details: metadata.isEmpty
                ? event.metadata ?? [:] : metadata.merging(event.metadata ?? [:]) { $1 })
        state.write(state.format == .json ? line.json : line.text)
    }
}
