package import ClawdTalkAPI

/// How a call or text of a mission ended, as the memory keeps it under `results`.
package struct CallResult: Equatable, Sendable {
    package let to: String
    package let step: String?
    package let outcome: String
    package let attempts: Int
    package let durationSeconds: Int?
    package let insights: [JSONValue]

    package init(_ json: JSONValue) {
        to = json["to"]?.identifier ?? "?"
        step = json["step"]?.identifier
        outcome = json["outcome"]?.string ?? "?"
        attempts = json["attempts"]?.integer ?? 1
        durationSeconds = json["duration_seconds"]?.integer
        insights = json["insights"]?.elements ?? []
    }

    /// All of a mission.
    package static func all(in entry: MissionEntry) -> [CallResult] {
        (entry.memory["results"]?.elements ?? []).map(CallResult.init)
    }

    /// The highest member `score` of its insights, which may be JSON in a text.
    package var score: Double? {
        insights.compactMap { insight -> Double? in
            let object = insight.string.flatMap { JSONValue(parsing: $0) } ?? insight
            return object["score"]?.number ?? object["score"]?.string.flatMap(Double.init)
        }
        .filter(\.isFinite).max()
    }

    /// In one line each.
    var insightText: String {
        insights.map {
            ($0.string ?? $0.compactText).split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        .joined(separator: " · ")
    }
}
