import Foundation
import Missions
import Testing

@Suite("The time zones of a telephone number")
struct CalleeTimeZonesTests {
    @Test(
        "by country and area code",
        arguments: [
            ("+12125550123", ["America/New_York"]), ("2125550123", ["America/New_York"]),
            ("12125550123", ["America/New_York"]), ("+1 (312) 555-0101", ["America/Chicago"]),
            ("+13035550123", ["America/Denver"]), ("+16025550123", ["America/Phoenix"]),
            ("+14155550123", ["America/Los_Angeles"]),
            ("+19075550123", ["America/Anchorage", "America/Adak"]),
            ("+18085550123", ["Pacific/Honolulu"]), ("+19025550123", ["America/Halifax"]),
            ("+17095550123", ["America/St_Johns", "America/Halifax"]),
            ("+16045550123", ["America/Vancouver"]),
            ("+13065550123", ["America/Regina"]), ("+17875550123", ["America/Puerto_Rico"]),
            ("+18765550123", ["America/Jamaica"]), ("+14415550123", ["Atlantic/Bermuda"]),
            ("+18505550123", ["America/New_York", "America/Chicago"]),
            ("+442079460000", ["Europe/London"]), ("+4930123456", ["Europe/Berlin"]),
            ("+3531234567", ["Europe/Dublin"]), ("+77271234567", ["Asia/Almaty", "Asia/Aqtau"]),
            ("+351211234567", ["Europe/Lisbon", "Atlantic/Madeira", "Atlantic/Azores"]),
            ("+81312345678", ["Asia/Tokyo"]), ("+97221234567", ["Asia/Jerusalem"]),
            ("+6828123456", ["Pacific/Rarotonga"]), ("+87012345678", []), ("+80012345678", []), ("", []),
        ])
    func known(number: String, zones: [String]) {
        #expect(CalleeTimeZones.zones(of: number) == zones.map { TimeZone(identifier: $0) })
    }

    @Test(
        "the whole list where there are several",
        arguments: [("+74951234567", 11), ("+61212345678", 5), ("+19995550123", 9)])
    func several(number: String, count: Int) {
        let zones = CalleeTimeZones.zones(of: number)
        #expect(zones.count == count && Set(zones).count == count)
    }

    @Test("every country code has zones, which all are known to Foundation")
    func countries() {
        // ITU-T E.164 assignments to countries, in ranges where they are dense.
        let ranges = """
            7 20 27 30-34 36 39 40 41 43-49 51-58 60-66 81 82 84 86 90-95 98 211-213 216 218 220-258 260-269 290 \
            291 297-299 350-359 370-383 385-387 389 420 421 423 500-509 590-599 670 672-683 685-692 850 852 853 \
            855 856 880 886 960-968 970-977 992-996 998
            """
        let codes = ranges.split(separator: " ").flatMap { range in
            let ends = range.split(separator: "-").compactMap { Int($0) }
            return Array((ends.first ?? 0)...(ends.last ?? 0))
        }
        #expect(codes.count == 206)
        for code in codes {
            #expect(!CalleeTimeZones.zones(of: "+\(code)12345678").isEmpty, "+\(code)")
        }
    }

    @Test("every area code leads to zones that are not those of another continent")
    func areaCodes() throws {
        let guam = try #require(TimeZone(identifier: "Pacific/Guam"))
        for code in 200...999 {
            let zones = CalleeTimeZones.zones(of: "+1\(code)5550123")
            #expect(!zones.isEmpty, "\(code)")
            #expect(
                zones == [guam] || zones.allSatisfy { (-11...(-2)).contains($0.secondsFromGMT() / 3600) },
                "\(code)")
        }
    }
}
