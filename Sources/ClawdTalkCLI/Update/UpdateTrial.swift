import Foundation

/// Tries another version of the program on the present home, before and after it is put in place.
struct UpdateTrial {
    let home: HomeFolder
    private let hadBridge: Bool
    private let wasConnected: Bool

    /// - Parameter unfinished: knows better than the present what an interrupted update found running.
    init(home: HomeFolder, before unfinished: UnfinishedUpdate? = nil) throws {
        self.home = home
        let running = try StatusReport.current(home)
        hadBridge = running.pid != nil || unfinished?.hadBridge == true
        wasConnected = unfinished?.wasConnected ?? running.connected
    }

    /// What the next update is to know, should this one not come to its end.
    func note(commit: String? = nil, files: [String] = []) -> UnfinishedUpdate {
        UnfinishedUpdate(commit: commit, files: files, hadBridge: hadBridge, wasConnected: wasConnected)
    }

    private struct Findings: Decodable {
        struct Row: Decodable {
            let id: String
            let state: String
            let detail: String
        }

        let rows: [Row]
    }

    /// - Parameters:
    ///   - new, old: paths of the programs.
    /// - Throws: ``CommandFailure`` when the new one's doctor finds what the old one's does not.
    func compare(_ new: String, with old: String) async throws {
        async let oldFindings = findings(of: old)
        guard let rows = try await findings(of: new) else {
            throw CommandFailure(.failure, "the new version's doctor does not work.")
        }
        let known = Set((try await oldFindings ?? []).map(\.id))
        guard let row = rows.first(where: { !known.contains($0.id) }) else { return }
        throw CommandFailure(
            .failure,
            "the new version's doctor finds what this one's does not: \(Console.printable(row.id)): "
                + Console.printable(row.detail))
    }

    /// The rows that failed; nil when the doctor does not work. The running bridge is of neither's making.
    private func findings(of program: String) async throws -> [Findings.Row]? {
        let run = try await ChildProcess.run(
            program, ["doctor", "--json"], environment: environment, within: .seconds(60))
        let findings = try? JSONDecoder().decode(Findings.self, from: Data(run.output.utf8))
        return findings?.rows.filter { $0.state == "failed" && $0.id != "bridge" }
    }

    /// Has a bridge that was running when the update began run as this program.
    /// - Throws: ``CommandFailure`` when it does not come up as it was.
    func restart(_ program: String) async throws {
        guard hadBridge else { return }
        let run = try await ChildProcess.run(
            program, ["restart"], environment: environment, showsErrors: true, within: .seconds(120))
        // One that was not connected before need not be now.
        if run.status == 0 || (run.status == ExitStatus.notYet.rawValue && !wasConnected) { return }
        throw CommandFailure(.failure, "the bridge did not come up with the new version.")
    }

    private var environment: [String: String] {
        ProcessInfo.processInfo.environment.merging(["CLAWDTALK_HOME": home.path]) { $1 }
    }
}
