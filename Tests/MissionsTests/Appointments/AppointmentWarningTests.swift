import Foundation
import Missions
import Testing

@Suite("What speaks against a time")
struct AppointmentWarningTests {
    /// - Parameter now: seconds before the appointment.
    private static func warning(_ text: String, zones: [String] = ["UTC"], lead: TimeInterval = 3600) throws
        -> String?
    {
        let time = try #require(AppointmentTime(parsing: text))
        let hours = BusinessHours(zones: try zones.map { try #require(TimeZone(identifier: $0)) })
        return AppointmentWarning(time, hours: hours, now: time.instant.addingTimeInterval(-lead))?.text
    }

    @Test(
        "how far ahead it is",
        arguments: [
            (-1.0, "T is in the past"), (0, "T is less than a minute ahead"),
            (59.5, "T is less than a minute ahead"),
            (60, nil), (3600, nil),
        ])
    func lead(seconds: Double, says: String?) throws {
        let time = "2026-01-05T12:00:00Z"
        #expect(
            try Self.warning(time, lead: seconds)
                == says.map { $0.replacing("T ", with: time + " ", maxReplacements: 1) })
    }

    @Test("where it is too early or too late")
    func hours() throws {
        #expect(
            try Self.warning("2026-01-05T18:05:00+00:00")
                == "2026-01-05T18:05:00+00:00 is outside 9-17 at the callee's (18:05 in GMT)")
        #expect(
            try Self.warning(
                "2026-01-05T15:00:00Z", zones: ["America/New_York", "America/Los_Angeles"], lead: -1)
                == "2026-01-05T15:00:00Z is in the past and is outside 9-17 at the callee's "
                + "(10:00 in America/New_York, 07:00 in America/Los_Angeles)")
        #expect(try Self.warning("2026-01-05T12:00:00Z", zones: [])?.contains("not known") == true)
    }
}
