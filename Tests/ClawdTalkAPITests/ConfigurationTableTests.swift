import Foundation
import Testing

@testable import ClawdTalkAPI

/// The table of keys in the code is the only list.
@Suite("docs/configuration.md")
struct ConfigurationTableTests {
    static func row(_ key: ConfigurationKey) -> String {
        let value = key.defaultValue.map { " `\($0)`" } ?? ""
        let variables = key.variables.map { "`\($0)`" }.joined(separator: ", ")
        return "| `\(key.name)` | \(key.kind.rawValue) |\(value) | \(key.meaning) |"
            + (variables.isEmpty ? " |" : " \(variables) |")
    }

    @Test("has the row of every key, and no other")
    func rows() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        #expect(rows == ConfigurationKey.all.map(Self.row))
    }
}
