import Foundation
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
            time: Self.timestamp(), level: event.level, message: "\(event.message)",
            details: metadata.merging(event.metadata ?? [:]) { $1 })
        state.write(state.format == .json ? line.json : line.text)
    }

    /// RFC 3339 with milliseconds and the local offset; strftime, because Foundation's formatters load ICU.
    private static func timestamp() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        localtime_r(&now.tv_sec, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let length = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
        let date = String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let minutes = abs(parts.tm_gmtoff) / 60
        let milliseconds = Self.padded(now.tv_nsec / 1_000_000, to: 3)
        let zone =
            "\(parts.tm_gmtoff < 0 ? "-" : "+")\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
        return "\(date).\(milliseconds)\(zone)"
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
