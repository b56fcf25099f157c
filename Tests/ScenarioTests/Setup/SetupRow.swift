import Foundation
import Testing

/// One configuration of OpenClaw, and what `setup` makes of it.
struct SetupRow: CustomTestStringConvertible, Sendable {
    let name: String
    /// By paths from the home folder.
    var files: [String: String]
    /// Those that change, with all their bytes.
    var after: [String: String]
    var flags: [String] = []
    var environment: [String: String] = [:]
    var status: Int32 = 0
    /// What must be said.
    var says: [String] = []
    /// What uninstall makes of the files where that is not what they were: cures are not taken back, and an empty
    /// object that was on two lines comes back on one.
    var afterUninstall: [String: String] = [:]
    /// Last changes before setup, and their undoing.
    var prepare: @Sendable (SetupHome) async throws -> Void = { _ in }
    var restore: @Sendable (SetupHome) async throws -> Void = { _ in }

    var testDescription: String { name }

    /// openclaw.json alone.
    init(_ name: String, _ before: String, _ after: String? = nil) {
        self.name = name
        files = [SetupHome.configuration: before]
        self.after = after.map { [SetupHome.configuration: $0] } ?? [:]
    }

    init(_ name: String, files: [String: String], after: [String: String] = [:]) {
        (self.name, self.files, self.after) = (name, files, after)
    }

    /// The same row with more said of it.
    func with(_ change: (inout SetupRow) -> Void) -> SetupRow {
        var row = self
        change(&row)
        return row
    }

    /// Setup refuses: 73, with a reason and the text to paste.
    func refused(_ reason: String) -> SetupRow {
        with {
            $0.status = 73
            $0.says = [reason, "gateway: { tools: { allow: [", "openclaw config set gateway.tools.allow"]
        }
    }

    func with(environment: [String: String]) -> SetupRow { with { $0.environment = environment } }
    func with(flags: String...) -> SetupRow { with { $0.flags = flags } }
    func saying(_ words: String...) -> SetupRow { with { $0.says = words } }

    /// What uninstall leaves of openclaw.json.
    func uninstalled(_ text: String) -> SetupRow {
        with { $0.afterUninstall = [SetupHome.configuration: text] }
    }

    func prepared(
        _ prepare: @escaping @Sendable (SetupHome) async throws -> Void,
        restore: @escaping @Sendable (SetupHome) async throws -> Void = { _ in }
    ) -> SetupRow {
        with { ($0.prepare, $0.restore) = (prepare, restore) }
    }
}
