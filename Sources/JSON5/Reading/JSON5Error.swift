/// Why a text is not JSON5, and where.
package struct JSON5Error: Error, Equatable, Sendable {
    package let message: String
    /// Both count from 1; the column counts bytes.
    package let line: Int
    package let column: Int

    package var summary: String { "line \(line), column \(column): \(message)" }
}
