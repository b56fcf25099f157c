import Simulator

extension ChaosStage {
    /// All that was seen, in its order, for whoever looks for the reason of a complaint.
    var story: String {
        var lines: [(ContinuousClock.Instant, String)] = []
        lines += keeper.log.timedEntries.map { ($0.time, "bridge \($0.entry.process): \($0.entry.text)") }
        lines += keeper.exits.timedEntries.map {
            ($0.time, "bridge \($0.entry.process) ends: \($0.entry.status)")
        }
        lines += service.journal.timedEntries.map {
            ($0.time, "service: " + String("\($0.entry)".prefix(300)))
        }
        lines += gateway.asked.timedEntries.map {
            ($0.time, "agent asked: \(Question.tags(in: $0.entry)) \($0.entry.suffix(14))")
        }
        lines += tally.falls.map { ($0.time, "blow: \($0.entry)") }
        let start = lines.map(\.0).min() ?? .now
        return lines.sorted { $0.0 < $1.0 }.map { "\(start.duration(to: $0.0)) \($0.1)\n" }.joined()
    }
}
