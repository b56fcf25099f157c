/// What a session's history says of one turn: the rows after the one with our marker, up to the next input.
struct TurnReading: Equatable {
    struct Said: Equatable {
        /// Tells rows apart over several readings.
        let key: String
        let text: String
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
    /// The gateway went on to announce the turn: it is over, with or without a text.
    var isOver = false
    /// The gateway announced this turn: one more run of the agent, whose words are not for the caller.
    var isAnnounced = false
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
        for row in rows[(start + 1)...] {
            // A gateway that got no answer out of its agent says the same message again (seen on 2026.6.11). Where it drops
            // the provenance, only an agent's own row has a stop reason.
            if row.isInput ? !row.isAnnounceStep : row.stopReason == nil,
                row.text.containsBytes(of: marker.text)
            {
                continue
            }
            if row.isInput {
                isAnnounced = row.isAnnounceStep
                isOver = isAnnounced
                break
            }
            if row.role == "assistant" { ours.append(row) }
        }
        rowCount = ours.count
        for (position, row) in ours.enumerated() {
            note(row, position: position, isLast: position == ours.count - 1)
        }
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
