import Foundation

/// What the doctor found; also what `doctor --json` prints.
struct DoctorReport: Encodable, Sendable {
    struct Row: Encodable, Sendable {
        enum State: String, Encodable, Sendable { case ok, warning, failed, skipped }

        let id: String
        let state: State
        let detail: String
        let cure: String?

        static func ok(_ id: String, _ detail: String) -> Row {
            Row(id: id, state: .ok, detail: detail, cure: nil)
        }
        static func warning(_ id: String, _ detail: String, cure: String?) -> Row {
            Row(id: id, state: .warning, detail: detail, cure: cure)
        }
        static func failed(_ id: String, _ detail: String, cure: String) -> Row {
            Row(id: id, state: .failed, detail: detail, cure: cure)
        }
        static func skipped(_ id: String, _ detail: String) -> Row {
            Row(id: id, state: .skipped, detail: detail, cure: nil)
        }
    }

    /// Whether a call would be answered, once the bridge runs.
    var healthy: Bool
    var rows: [Row]

    init(_ rows: [Row]) {
        self.rows = rows
        healthy = !rows.contains { $0.state == .failed }
    }

    /// A row a line, and its cure in the next one.
    var table: [String] {
        let width = rows.map(\.id.count).max() ?? 0
        return rows.flatMap { row in
            let state = row.state.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
            let name = row.id.padding(toLength: width + 2, withPad: " ", startingAt: 0)
            return ["\(state)\(name)\(row.detail)"]
                + (row.cure.map { [String(repeating: " ", count: 8) + "→ " + $0] } ?? [])
        }
    }
}
