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
    /// The last of these rows came behind a message of another channel, and may be the answer to that one.
    var isPastOthers = false
    /// Rows of the agent behind the marker.
    var rowCount = 0

    /// Never by position alone: other channels and the gateway itself talk in the same session.
    init(rows: [HistoryRow], marker: Marker) {
        let marked = rows.indices.filter { rows[$0].text.containsBytes(of: marker.text) }
        // Our message is an input; an agent that quotes the marker is not. Only a gateway that drops the
        // provenance leaves nothing but the first row that carries it.
        guard let start = marked.first(where: { rows[$0].isInput }) ?? marked.first else { return }
        isFound = true
        var ours: [HistoryRow] = []
        var hasOthers = false
        var rest = rows[(start + 1)...]
        while let row = rest.popFirst() {
            // A gateway that got no answer out of its agent says the same message again (seen on 2026.6.11). Where it drops
            // the provenance, only an agent's own row has a stop reason.
            if row.isInput ? !row.isFromGateway : row.stopReason == nil, row.text.containsBytes(of: marker.text)
            {
                continue
            }
            if row.isInput {
                // A message that is taken into a run that goes on does not end it.
                if Self.goesOn(ours, past: row) {
                    hasOthers = true
                    continue
                }
                aftermath = Self.aftermath(of: row, rest)
                break
            }
            if row.role == "assistant" {
                ours.append(row)
                isPastOthers = hasOthers
            }
        }
        isOver = aftermath != .none && aftermath != .otherInput
        rowCount = ours.count
        for (position, row) in ours.enumerated() {
            note(row, position: position, isLast: position == ours.count - 1)
        }
    }

    /// Only a run whose last word was the call of a tool certainly has not ended: after any other, the agent's next words
    /// may be the other one's answer.
    private static func goesOn(_ ours: [HistoryRow], past input: HistoryRow) -> Bool {
        guard let last = ours.last, !input.isFromGateway, !Marker.isIn(input.text) else { return false }
        return last.stopReason == "toolUse" || last.stopReason == nil && last.hasToolCall
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
