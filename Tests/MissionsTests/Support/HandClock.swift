import Foundation
import Synchronization

/// A clock that is set by hand.
final class HandClock: Sendable {
    private let time: Mutex<Date>

    init(_ text: String) { time = Mutex((try? Date.ISO8601FormatStyle().parse(text)) ?? .distantPast) }

    var now: Date { time.withLock { $0 } }
    func set(_ date: Date) { time.withLock { $0 = date } }
    func advance(seconds: Double) { time.withLock { $0 += seconds } }
}
