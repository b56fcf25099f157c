import ClawdTalkAPI
import Foundation

/// Looks after the background bridge of a home: one look, for cron.
struct Watchdog {
    let home: HomeFolder

    /// A busy machine may make one answer late.
    private static let tries = 3

    func look() async throws -> ExitStatus {
        var record = BridgeRecord.read(home) ?? BridgeRecord()
        guard record.wanted else { return .success }
        let holder = InstanceLock.holder(home.pidPath)
        if holder != .nobody, !hangs() { return .success }
        let settings = ConfigurationOptions.settings(from: record.arguments)
        if holder == .nobody, let ended = record.ended, !isNewer(settings.files, than: home.recordPath) {
            return tellOnce(ended.reason, ExitStatus(rawValue: ended.status) ?? .failure, &record)
        }
        do {
            _ = try settings.load()
        } catch {
            return tellOnce(error.line, .configuration, &record)
        }
        if case .process(let pid) = holder {
            Console.error("clawdtalk: the bridge (process \(pid)) does not answer; it is started again")
            _ = try await BridgeStop(home: home).stop()
        } else {
            Console.error("clawdtalk: the bridge was not running; it is started again")
        }
        return StartCommand.tell(
            try await BridgeStart(home: home, arguments: record.arguments).start(), home: home)
    }

    private func hangs() -> Bool {
        (1...Self.tries).allSatisfy { _ in ControlClient(home).ask("status") == nil }
    }

    /// A cron job that said it every five minutes would be switched off.
    private func tellOnce(_ line: String, _ status: ExitStatus, _ record: inout BridgeRecord) -> ExitStatus {
        guard record.told != line else { return status }
        Console.error("clawdtalk: the bridge is not running: \(line)")
        record.told = line
        record.write(home)
        return status
    }

    private func isNewer(_ files: [String], than path: String) -> Bool {
        func changed(_ path: String) -> Date? {
            (try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate]) as? Date
        }
        guard let record = changed(path) else { return true }
        return files.contains { changed($0).map { $0 > record } ?? false }
    }
}
