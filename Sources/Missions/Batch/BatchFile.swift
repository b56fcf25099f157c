import Foundation
import SwiftCSV

/// A batch as a CSV text: a first line with the names of the columns, of which `to` is needed; `step` and `text` are
/// known, others are left alone.
package struct BatchFile: Equatable, Sendable {
    package let rows: [BatchRow]

    /// What is wrong, each with its line.
    package struct Fault: Error, Equatable, Sendable { package let problems: [String] }

    /// The most rows of one batch.
    package static let mostRows = 5_000

    /// - Throws: ``Fault`` with everything that is wrong; then nothing of it is to be used.
    package init(parsing text: String) throws(Fault) {
        let table: CSV<Named>
        do { table = try CSV<Named>(string: text) } catch {
            throw Fault(problems: ["it is not CSV: \(error)"])
        }
        let names = table.header.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        guard let to = ["to", "phone", "number"].lazy.compactMap(names.firstIndex(of:)).first else {
            throw Fault(problems: ["line 1: there is no column named to"])
        }
        guard !table.rows.isEmpty else { throw Fault(problems: ["it has no rows"]) }
        guard table.rows.count <= Self.mostRows else {
            throw Fault(problems: ["it has more than \(Self.mostRows) rows"])
        }
        var (rows, problems, seen): ([BatchRow], [String], [String: Int]) = ([], [], [:])
        for (position, cells) in table.rows.enumerated() {
            func cell(_ name: String) -> String? {
                let value = names.firstIndex(of: name).flatMap { cells[table.header[$0]] }
                return value.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
            }
            let number = (cells[table.header[to]] ?? "").trimmingCharacters(in: .whitespaces)
            let plain = number.filter { !" .-()".contains($0) }
            guard plain.wholeMatch(of: /\+[1-9][0-9]{7,14}/) != nil else {
                problems.append("row \(position + 1): \"\(number)\" is no E.164 number such as +13125550123")
                continue
            }
            let row = BatchRow(to: plain, step: cell("step") ?? cell("step_id"), text: cell("text"))
            if let first = seen.updateValue(position + 1, forKey: row.key) {
                problems.append("row \(position + 1): \(plain) is there twice, see row \(first)")
            }
            rows.append(row)
        }
        guard problems.isEmpty else { throw Fault(problems: problems) }
        self.rows = rows
    }
}
