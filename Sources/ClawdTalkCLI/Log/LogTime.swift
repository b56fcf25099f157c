import Foundation

/// The time of a log line: RFC 3339 with milliseconds and the local offset. By hand, because Foundation's formatters load
/// ICU.
enum LogTime {
    static func now() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        localtime_r(&now.tv_sec, &parts)
        return text(parts, milliseconds: now.tv_nsec / 1_000_000)
    }

    static func text(_ parts: tm, milliseconds: Int) -> String {
        let offset = abs(parts.tm_gmtoff) / 60
        return String(unsafeUninitializedCapacity: 32) { buffer in
            var count = 0
            func add(_ sign: Unicode.Scalar?, _ value: Int, width: Int) {
                if let sign {
                    buffer[count] = UInt8(ascii: sign)
                    count += 1
                }
                var rest = value
                for place in (count..<count + width).reversed() {
                    buffer[place] = 0x30 + UInt8(rest % 10)
                    rest /= 10
                }
                count += width
            }
            add(nil, Int(parts.tm_year) + 1900, width: 4)
            add("-", Int(parts.tm_mon) + 1, width: 2)
            add("-", Int(parts.tm_mday), width: 2)
            add("T", Int(parts.tm_hour), width: 2)
            add(":", Int(parts.tm_min), width: 2)
            add(":", Int(parts.tm_sec), width: 2)
            add(".", milliseconds, width: 3)
            add(parts.tm_gmtoff < 0 ? "-" : "+", offset / 60, width: 2)
            add(":", offset % 60, width: 2)
            return count
        }
    }
}
