import Agent

/// What a session's history says of one turn: the rows after the one with our marker, up to the next input that is none of
/// this turn's.
struct TurnReading: Equatable {
    struct Said: Equatable {
        /// Tells rows apart over several readings.
        let key: String
        let text: String
    }

    /// What came behind the turn's own rows.
    enum Aftermath: Equatable {
        case none
        /// The gateway runs the agent once more to announce the turn; its words are not for the caller.
        case announcing
        /// That run has said what it had to say.
        case announced
        /// Somebody else's message.
        case otherInput
        /// The gateway says that the turn ended without words, and asks the agent for more, which is not for the caller.
        case deliveryFailed
    }

    /// Whether the row with the marker is there.
    var isFound = false
    /// Texts that the agent said on the way.
    var intermediate: [Said] = []
    /// The last text, when the run ended with it.
    var final: String?
    /// The last text, when nothing tells whether it is the last (older gateways write no stop reason).
    var candidate: Said?
    /// The run ended with an error or was aborted.
    var isFailed = false
    /// The turn is over, with or without a text.
    var isOver = false
    var aftermath = Aftermath.none
    /// Rows of the agent behind the marker.
    var rowCount = 0
    /// By the gateway's clock in milliseconds: ``final`` stands behind somebody else's message, and is ours only when its run began
    /// before this time.
    var latestStart: Double?
    /// What the agent said before our question.
    var older: Set<String> = []

    /// Never by position alone: other channels and the gateway itself talk in the same session.
    init(rows: [HistoryRow], marker: Marker) {
        let marked = rows.indices.filter { rows[$0].text.containsBytes(of: marker.text) }
        // Our message is an input; an agent that quotes the marker is not. Only a gateway that drops the
        // provenance leaves nothing but the first row that carries it.
        guard let start = marked.first(where: { rows[$0].isInput }) ?? marked.first else { return }
        isFound = true
        older = Set(rows[..<start].lazy.filter { !$0.isInput }.map { Wording.key($0.text) })
        var ours: [HistoryRow] = []
        var passed: (count: Int, start: Double)?
        var rest = rows[(start + 1)...]
        while let row = rest.popFirst() {
            // A gateway that got no answer out of its agent says the same message again (seen on 2026.6.11). Where it drops
            // the provenance, only an agent's own row has a stop reason.
            if row.isInput ? !row.isFromGateway : row.stopReason == nil,
                row.text.containsBytes(of: marker.text)
            {
                continue
            }
            if row.isInput {
                // A message that is taken into a run that goes on does not end it.
                if Self.goesOn(ours, past: row) {
                    passed = passed ?? (ours.count, Self.latestStart(rows[start], row))
                    continue
                }
                aftermath = Self.aftermath(of: row, rest)
                break
            }
            if row.role == "assistant" { ours.append(row) }
        }
        isOver = aftermath != .none && aftermath != .otherInput
        rowCount = ours.count
        for (position, row) in ours.enumerated() {
            note(row, position: position, isLast: position == ours.count - 1)
        }
        guard let passed else { return }
        latestStart = passed.start
        // Whose they are is not certain yet.
        let certain = Set(ours.prefix(passed.count).enumerated().map { $1.id ?? "\($0)" })
        intermediate.removeAll { !certain.contains($0.key) }
    }

    /// Only a run whose last word was the call of a tool may go on: after any other, the agent's next words are the other
    /// one's answer.
    private static func goesOn(_ ours: [HistoryRow], past input: HistoryRow) -> Bool {
        guard let last = ours.last, !input.isFromGateway, !Marker.isIn(input.text) else { return false }
        return last.stopReason == "toolUse" || last.stopReason == nil && last.hasToolCall
    }

    /// In milliseconds. The gateway notes the start of a run a second or two off.
    private static let leastGap = 4_000.0

    /// Halfway between our question and the other message: a run that began later is the other one's. Never, where they came so
    /// close behind each other that nothing can be told.
    private static func latestStart(_ ours: HistoryRow, _ other: HistoryRow) -> Double {
        guard let first = ours.timestamp, let second = other.timestamp, second - first >= leastGap else {
            return -.infinity
        }
        return (first + second) / 2
    }

    private static func aftermath(of input: HistoryRow, _ behind: ArraySlice<HistoryRow>) -> Aftermath {
        if input.isDeliveryFailure { return .deliveryFailed }
        guard input.isAnnounceStep else { return .otherInput }
        let words = behind.prefix { !$0.isInput }
        return words.contains { $0.role == "assistant" && $0.endsRun } ? .announced : .announcing
    }

    private mutating func note(_ row: HistoryRow, position: Int, isLast: Bool) {
        let said = Said(key: row.id ?? "\(position)", text: row.text)
        let isEmpty = row.text.allSatisfy(\.isWhitespace) || row.isPlaceholder
        switch row.stopReason {
        case "toolUse": if !isEmpty { intermediate.append(said) }
        case "error", "aborted": isFailed = isLast
        case "stop", "length", "end_turn":
            if !isEmpty { final = final.map { $0 + "\n" + row.text } ?? row.text }
            if isEmpty, isLast, !row.isPlaceholder { isOver = true }
        default:
            if isEmpty { return }
            if row.hasToolCall || !isLast { intermediate.append(said) } else { candidate = said }
        }
        if isOver, let candidate { final = final ?? candidate.text }
    }
}
