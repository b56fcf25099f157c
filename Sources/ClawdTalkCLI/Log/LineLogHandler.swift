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
            details: metadata.isEmpty
                ? event.metadata ?? [:] : metadata.merging(event.metadata ?? [:]) { $1 })
        state.write(state.format == .json ? line.json : line.text)
    }

    /// RFC 3339 with milliseconds and the local offset; by hand, because Foundation's formatters load ICU.
    private static func timestamp() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        localtime_r(&now.tv_sec, &parts)
        let minutes = abs(parts.tm_gmtoff) / 60
        let numbers: [(sign: Unicode.Scalar?, value: Int, width: Int)] = [
            (nil, Int(parts.tm_year) + 1900, 4), ("-", Int(parts.tm_mon) + 1, 2),
            ("-", Int(parts.tm_mday), 2),
            ("T", Int(parts.tm_hour), 2), (":", Int(parts.tm_min), 2), (":", Int(parts.tm_sec), 2),
            (".", now.tv_nsec / 1_000_000, 3),
            (parts.tm_gmtoff < 0 ? "-" : "+", minutes / 60, 2), (":", minutes % 60, 2),
        ]
        var text: [UInt8] = []
        text.reserveCapacity(32)
        for number in numbers {
            if let sign = number.sign { text.append(UInt8(ascii: sign)) }
            let digits = String(number.value).utf8
            for _ in digits.count..<max(digits.count, number.width) { text.append(UInt8(ascii: "0")) }
            text += digits
        }
        return String(decoding: text, as: UTF8.self)
    }
}
