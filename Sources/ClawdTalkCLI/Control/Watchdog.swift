import ClawdTalkAPI
import Foundation

/// Looks after the background bridge of a home: one look, for cron.
struct Watchdog {
    let home: HomeFolder

    /// A busy machine may make one answer late.
    private static let tries = 3

    func look() async throws -> ExitStatus {
        let record = BridgeRecord.read(home) ?? BridgeRecord()
        guard record.wanted else { return .success }
        let holder = try InstanceLock.holder(home.pidPath)
        if holder != .nobody, !hangs() { return .success }
        let settings = ConfigurationOptions.settings(from: record.arguments)
        if holder == .nobody, let ended = record.ended, ended.files == settings.files.map(FileStamp.init) {
            return tellOnce(ended.reason, ExitStatus(rawValue: ended.status) ?? .failure, after: record)
        }
        do {
            _ = try settings.load()
        } catch {
            return tellOnce(error.line, .configuration, after: record)
        }
        if holder != .nobody { _ = try await BridgeStop(home: home).stop() }
        return try await start(record, holder == .nobody ? "was not running" : "did not answer")
    }

    private func hangs() -> Bool {
        (1...Self.tries).allSatisfy { _ in ControlClient(home).ask("status") == nil }
    }

    private func start(_ record: BridgeRecord, _ fault: String) async throws -> ExitStatus {
        do {
            switch try await BridgeStart(home: home, arguments: record.arguments).start() {
            case .ended(let status, let reason): return tellOnce(reason, status, after: record)
            case .connected, .alreadyRunning:
                Console.error("clawdtalk: the bridge \(fault); it was started again")
                return .success
            case .notYet:
                Console.error("clawdtalk: the bridge \(fault); it was started again and is not connected yet")
                return .notYet
            }
        } catch let failure as CommandFailure {
            return tellOnce(failure.line, failure.status, after: record)
        }
    }

    /// A cron job that said it every five minutes would be switched off.
    /// - Parameter before: the record as this look found it.
    private func tellOnce(_ line: String, _ status: ExitStatus, after before: BridgeRecord) -> ExitStatus {
        if before.told != line { Console.error("clawdtalk: the bridge is not running: \(line)") }
        // A bridge that gave up has written to it since.
        var record = BridgeRecord.read(home) ?? before
        record.told = line
        record.write(home)
        return status
    }
}
