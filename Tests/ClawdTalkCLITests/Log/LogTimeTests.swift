import Foundation
import Testing

@testable import ClawdTalkCLI

@Suite("The time of a log line")
struct LogTimeTests {
    @Test(
        "is RFC 3339 with the offset",
        arguments: [(0, "+00:00"), (3600, "+01:00"), (-12_600, "-03:30"), (20_700, "+05:45")])
    func offset(seconds: Int, text: String) {
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (126, 0, 2)
        (parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_gmtoff) = (3, 4, 59, seconds)
        #expect(LogTime.text(parts, milliseconds: 7) == "2026-01-02T03:04:59.007" + text)
    }

    @Test("is now")
    func now() throws {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        let before = Date.now
        let time = try #require(formatter.date(from: LogTime.now()))
        #expect(time.timeIntervalSince(before) > -0.002 && time <= Date.now)
    }
}
