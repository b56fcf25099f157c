/// When something happened, by two clocks: the wall clock of that moment, to compare with what others wrote, and the bridge's
/// own, for ages.
///
/// It is written as one number where the two agree, as they do until the wall clock is changed, and as `[unix, steady]`
/// where they do not.
package struct Timestamp: Equatable, Sendable, Codable, ExpressibleByIntegerLiteral {
    /// Unix time in seconds, as the wall clock showed it.
    package let unix: Int
    /// Seconds of a ``SteadyClock``.
    package let steady: Int

    package init(unix: Int, steady: Int) { (self.unix, self.steady) = (unix, steady) }

    package init(integerLiteral seconds: Int) { self.init(unix: seconds, steady: seconds) }

    package init(from decoder: any Decoder) throws {
        if let seconds = try? decoder.singleValueContainer().decode(Int.self) {
            self.init(unix: seconds, steady: seconds)
            return
        }
        var values = try decoder.unkeyedContainer()
        self.init(unix: try values.decode(Int.self), steady: try values.decode(Int.self))
    }

    package func encode(to encoder: any Encoder) throws {
        if unix == steady {
            var value = encoder.singleValueContainer()
            try value.encode(unix)
        } else {
            var values = encoder.unkeyedContainer()
            try values.encode(unix)
            try values.encode(steady)
        }
    }
}
