import Foundation
import Logging

/// One line an event on standard error: time with zone, level, message, details.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    /// Never written, whoever said them.
    var secrets: [String] = []

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = "\(Self.timestamp()) \(event.level) \(event.message)"
        let details = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in details.sorted(by: { $0.key < $1.key }) {
            line += " \(key)=\(Self.quoted("\(value)"))"
        }
        Console.error(secrets.reduce(line) { $0.replacing($1, with: MaskedSecret.text($1)) })
    }

    /// A value from outside cannot begin a new line or look like another key.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D }
        return isPlain ? value : value.debugDescription
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
