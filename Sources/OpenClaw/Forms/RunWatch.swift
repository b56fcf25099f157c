import Agent

/// What looks at the history, one after another, say of one run of the agent.
struct RunWatch {
    enum Finding: Equatable {
        /// The question is not there, for so long as the whole history could be read.
        case unseen(for: Duration)
        /// It was there, and is no longer, or the whole history is gone.
        case lost(for: Duration)
        /// It is there, and for so long there was nothing new behind it.
        case goesOn(quietFor: Duration)
        /// The run ended with this text.
        case final(String)
        /// A run ended with this text behind somebody else's message. It is ours when it began before that time.
        case finalBehind(Double, String)
        /// For so long this has been the last text, and nothing says whether it is the last one.
        case candidate(String, for: Duration)
        /// The run ended without words.
        case silent
        /// An error has been the last word for so long. The gateway may go on with another model.
        case failed(for: Duration)
    }

    private let marker: Marker
    /// Rows to ask for; more once our marker may have left the window.
    private(set) var limit = usualLimit
    private(set) var isFound = false
    /// What the latest look showed behind the turn.
    private(set) var aftermath = TurnReading.Aftermath.none
    /// Since when each of these has been so; of one kind at a time.
    private var state: (finding: Kind, since: Duration)?
    private var spoken: Set<String> = []
    private var hadRows = false
    /// What the agent said before the question.
    private var older: Set<String> = []

    /// Findings that only count when they last.
    private enum Kind: Equatable {
        case unseen, lost
        case rows(Int)
        case candidate(String)
        case failed
    }

    static let usualLimit = 30
    static let longestLimit = 480

    init(_ marker: Marker, limit: Int = usualLimit) { (self.marker, self.limit) = (marker, limit) }

    /// The gateway was away: what was not there may not have been looked at.
    mutating func wasAway() {
        if state?.finding == .unseen || state?.finding == .lost { state = nil }
    }

    /// - Returns: texts that the agent said on the way, each once, and what is known now; nil when the next look has to be at
    ///   more rows.
    mutating func take(_ history: SessionHistory, now: Duration) -> (said: [String], finding: Finding?) {
        let reading = TurnReading(rows: history.rows, marker: marker)
        defer { hadRows = hadRows || !history.rows.isEmpty }
        guard reading.isFound else { return ([], missing(history, now: now)) }
        (isFound, aftermath, older) = (true, reading.aftermath, reading.older)
        let said = reading.intermediate.filter { spoken.insert($0.key).inserted }.map(\.text)
        return (said, finding(reading, now: now))
    }

    /// Whether the agent said just that before the question.
    func isOlder(_ text: String) -> Bool { older.contains(Wording.key(text)) }

    private mutating func missing(_ history: SessionHistory, now: Duration) -> Finding? {
        let isGone = history.rows.isEmpty && hadRows
        if isFound || isGone {
            // A summary in place of the rows is no loss.
            guard !history.rows.contains(where: \.replacesEarlier) else { return .goesOn(quietFor: .zero) }
            guard isGone || limit == Self.longestLimit else {
                limit = min(limit * 4, Self.longestLimit)
                return nil
            }
            return .lost(for: lasting(.lost, now))
        }
        let duration = lasting(.unseen, now)
        // Before it counts, a look at as many rows as there may be.
        guard limit == Self.longestLimit || duration < .seconds(5) else {
            limit = Self.longestLimit
            return nil
        }
        return .unseen(for: duration)
    }

    private mutating func finding(_ reading: TurnReading, now: Duration) -> Finding {
        if reading.isFailed { return .failed(for: lasting(.failed, now)) }
        if let final = reading.final ?? (reading.latestStart == nil ? nil : reading.candidate?.text) {
            return reading.latestStart.map { .finalBehind($0, final) } ?? .final(final)
        }
        if reading.isOver { return .silent }
        if let candidate = reading.candidate {
            return .candidate(
                candidate.text, for: lasting(.candidate(candidate.key + candidate.text), now))
        }
        return .goesOn(quietFor: lasting(.rows(reading.rowCount), now))
    }

    private mutating func lasting(_ kind: Kind, _ now: Duration) -> Duration {
        if state?.finding != kind { state = (kind, now) }
        return state.map { now - $0.since } ?? .zero
    }
}
