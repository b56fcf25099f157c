import Simulator

/// How often each blow fell, and when.
final class Tally: Sendable {
    private let journal = EventJournal<String>()

    func add(_ name: String) { journal.append(name) }

    var falls: [(time: ContinuousClock.Instant, entry: String)] { journal.timedEntries }

    var rows: [(name: String, count: Int)] {
        Dictionary(grouping: journal.entries) { $0 }.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
    }
}
