import Foundation
import Missions
import TestSupport
import Testing

@Suite("Business hours")
struct BusinessHoursTests {
    private static func hours(_ text: String, _ zones: String...) throws -> BusinessHours {
        let zones = try zones.map { try #require(TimeZone(identifier: $0)) }
        return try #require(BusinessHours(parsing: text, zones: zones))
    }

    private static func date(_ text: String) throws -> Date {
        try #require(AppointmentTime(parsing: text)).instant
    }

    @Test(
        "are read",
        arguments: [
            ("9-17", "9-17"), ("09:00-17:00", "9-17"), ("8:30-17:45", "8:30-17:45"), ("0-24", "0-24"),
            ("12:05-13", "12:05-13"),
        ])
    func read(text: String, shown: String) {
        #expect(BusinessHours(parsing: text, zones: [])?.text == shown)
    }

    @Test(
        "are refused",
        arguments: [
            "", "9", "9-", "-17", "17-9", "9-9", "9-25", "9-24:30", "9:60-17", "9:5-17", "9 - 17", "a-b",
            "9-12-17",
        ])
    func refused(text: String) { #expect(BusinessHours(parsing: text, zones: []) == nil) }

    @Test(
        "begin with the opening and end before the closing, on every day",
        arguments: [
            ("2026-01-05T08:59:59.9Z", false), ("2026-01-05T09:00:00Z", true),
            ("2026-01-05T16:59:59.9Z", true),
            ("2026-01-05T17:00:00Z", false), ("2026-01-10T12:00:00Z", true), ("2026-01-11T12:00:00Z", true),
        ])
    func edges(text: String, isInside: Bool) throws {
        #expect(try Self.hours("9-17", "UTC").contains(Self.date(text)) == isInside)
        #expect(
            try BusinessHours(zones: [#require(TimeZone(identifier: "UTC"))]) == Self.hours("9-17", "UTC"))
    }

    @Test(
        "follow the clocks when they are changed",
        arguments: [
            // New York: forward on 8 March 2026, back on 1 November.
            ("9-17", "2026-03-07T17:00:00-05:00", "2026-03-08T09:00:00-04:00"),
            ("9-17", "2026-10-31T17:00:00-04:00", "2026-11-01T09:00:00-05:00"),
            // There is no 2:30 in that night; the clock goes on at 3:00.
            ("2:30-5", "2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00"),
            // Nor anything of these hours: the next day.
            ("2-3", "2026-03-08T01:00:00-05:00", "2026-03-09T02:00:00-04:00"),
            // 1:30 comes twice, and 1:00 to 1:30 for the second time lies between.
            ("1:30-5", "2026-11-01T01:00:00-04:00", "2026-11-01T01:30:00-04:00"),
            ("1:30-5", "2026-11-01T01:10:00-05:00", "2026-11-01T01:30:00-05:00"),
        ])
    func changes(hours: String, from: String, next: String) throws {
        #expect(
            try Self.hours(hours, "America/New_York").next(from: Self.date(from)) == Self.date(next))
    }

    @Test("an instant inside stays as it is, to the fraction")
    func inside() throws {
        let instant = try Self.date("2026-01-05T16:59:59.75Z")
        #expect(try Self.hours("9-17", "UTC").next(from: instant) == instant)
        let late = try Self.date("2026-01-05T17:00:00.25Z")
        #expect(try Self.hours("9-17", "UTC").next(from: late) == Self.date("2026-01-06T09:00:00Z"))
    }

    @Test("several zones: in all of them")
    func zones() throws {
        let hours = try Self.hours("9-17", "America/New_York", "America/Los_Angeles")
        #expect(try !hours.contains(Self.date("2026-01-05T11:00:00-05:00")))
        #expect(try hours.contains(Self.date("2026-01-05T12:00:00-05:00")))
        #expect(try !hours.contains(Self.date("2026-01-05T15:00:00-08:00")))
        #expect(
            try hours.next(from: Self.date("2026-01-05T14:00:00-08:00"))
                == Self.date("2026-01-06T09:00:00-08:00"))
    }

    @Test("zones that share no time: in any of them; without zones always")
    func farZones() throws {
        let hours = try Self.hours("9-17", "Europe/Kaliningrad", "Asia/Kamchatka")
        #expect(try hours.contains(Self.date("2026-01-05T09:00:00+12:00")))
        #expect(try hours.contains(Self.date("2026-01-05T16:59:00+02:00")))
        #expect(try !hours.contains(Self.date("2026-01-05T08:00:00+02:00")))
        // Eight hours apart, eight hours long: they touch and share nothing.
        let touching = try Self.hours("9-17", "UTC", "Asia/Shanghai")
        #expect(try touching.contains(Self.date("2026-01-05T10:00:00Z")))
        #expect(try Self.hours("9-17").contains(Self.date("2026-01-05T03:00:00Z")))
    }

    @Test("a zone that skips a whole day")
    func skippedDay() throws {
        // Samoa had no 30 December 2011.
        #expect(
            try Self.hours("9-17", "Pacific/Apia").next(from: Self.date("2011-12-29T17:00:00-10:00"))
                == Self.date("2011-12-31T09:00:00+14:00"))
    }

    @Test(
        "next is never before its argument, always inside, and nothing inside is passed over",
        arguments: 1...60)
    func property(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let names = [
            "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Berlin",
            "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kamchatka", "Africa/Casablanca",
        ]
        let zones = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in
            TimeZone(identifier: names.randomElement(using: &random) ?? "")
        }
        let opening = Int.random(in: 0..<1439, using: &random)
        let closing = Int.random(in: opening + 1...1440, using: &random)
        func clock(_ minute: Int) -> String {
            "\(minute / 60):" + (minute % 60 < 10 ? "0" : "") + "\(minute % 60)"
        }
        let hours = try #require(
            BusinessHours(parsing: clock(opening) + "-" + clock(closing), zones: zones))
        // Around the changes of the clocks of 2026, too.
        let instant = Date(timeIntervalSince1970: .random(in: 1_767_225_600...1_798_761_600, using: &random))
        let next = hours.next(from: instant)
        #expect(next >= instant && hours.contains(next))
        #expect(next == instant || !hours.contains(instant))
        for _ in 0..<50 where next > instant {
            let between = Date(
                timeIntervalSince1970: .random(
                    in: instant.timeIntervalSince1970..<next.timeIntervalSince1970, using: &random))
            #expect(!hours.contains(between))
        }
    }
}
