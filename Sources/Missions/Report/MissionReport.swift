package import ClawdTalkAPI
import Foundation

/// A mission's results as Markdown: a table of numbers, outcomes, durations and insights, the best score first.
package struct MissionReport: Sendable {
    private let slug: String
    private let entry: MissionEntry

    package init(_ slug: String, _ entry: MissionEntry) { (self.slug, self.entry) = (slug, entry) }

    package var markdown: String {
        let results = ranked
        let reached = results.count { $0.outcome == "completed" }
        var lines = ["# \(Self.cell(entry.missionName ?? slug))", ""]
        lines.append(
            "Run: \(entry.status ?? "running"). \(reached) of \(results.count) calls and texts came through.")
        if let result = entry.memory["result"]?.string { lines += ["", Self.cell(result)] }
        guard !results.isEmpty else {
            return (lines + ["", "There are no results yet.", ""]).joined(separator: "\n")
        }
        let hasScores = results.contains { $0.score != nil }
        let head =
            ["Number", "Step", "Outcome", "Tries", "Duration"] + (hasScores ? ["Score"] : []) + ["Insights"]
        lines += ["", Self.row(head), Self.row(head.map { _ in "---" })]
        lines += results.map { Self.row($0, hasScores: hasScores) }
        return (lines + [""]).joined(separator: "\n")
    }

    /// In the order of their end where no insight has a score.
    private var ranked: [CallResult] {
        CallResult.all(in: entry).enumerated()
            .sorted {
                ($1.element.score ?? -.infinity, $0.offset) < ($0.element.score ?? -.infinity, $1.offset)
            }
            .map(\.element)
    }

    private static func row(_ result: CallResult, hasScores: Bool) -> String {
        let duration = result.durationSeconds.map { "\($0 / 60):" + String(format: "%02d", $0 % 60) } ?? ""
        let score =
            result.score.map {
                $0.formatted(.number.locale(Locale(identifier: "en_US_POSIX")).grouping(.never))
            } ?? ""
        return row(
            [result.to, result.step ?? "", result.outcome, "\(result.attempts)", duration]
                + (hasScores ? [score] : []) + [result.insightText])
    }

    private static func row(_ cells: [String]) -> String {
        "| " + cells.map(cell).joined(separator: " | ") + " |"
    }

    /// A text from outside must not break the table, or become HTML.
    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("<", with: "&lt;").split(whereSeparator: \.isNewline)
            .joined(separator: " ")
    }
}
