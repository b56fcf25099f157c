/// What a line of the bridge's log tells.
struct LogReading {
    private let line: String

    init(_ line: String) { self.line = line }

    var questionReceived: String? { has("question received") ? value("request") : nil }
    var textReceived: String? { has("text received") ? value("message") : nil }
    /// A text that is dealt with.
    var textEnded: String? {
        has("text answered") || has("gave up a text") || has("answers a text with nothing")
            ? value("message") : nil
    }
    var textGivenUp: String? { has("gave up a text") ? value("message") : nil }
    /// An answer that waited for a line for too long.
    var undelivered: String? { has("could not be delivered in time") ? value("request") : nil }
    /// Ends of calls of which a process before may have told the agent, and which are not told again.
    var uncertainReports: Int {
        has("not known whether the agent was told") ? value("calls").flatMap { Int($0) } ?? 0 : 0
    }
    var isLogin: Bool { has("connected and authenticated") }
    var isAnswered: Bool { has("question answered") }
    var isFailed: Bool { has("question ended without an answer") }

    private func has(_ words: String) -> Bool { line.contains(words) }

    private func value(_ name: String) -> String? {
        line.split(separator: " ").first { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1))
        }
    }
}
