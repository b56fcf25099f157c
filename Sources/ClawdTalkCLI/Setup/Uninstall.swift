import ClawdTalkAPI
import Foundation
import JSON5
import OpenClaw
import Storage

/// Takes away what setup added, and nothing else.
struct Uninstall {
    let settings: CommandSettings
    let prompter: Prompter
    let removesConfig: Bool?
    let patchesGateway: Bool?
    let stamp = Date.now.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))

    func run() async throws -> ExitStatus {
        let home = settings.home
        let record = PrivateFile(path: home.setupRecordPath)
        let entry = record.decode(SetupRecord.self) ?? SetupRecord()
        let changes = try plan(entry)
        let unpatches = try agrees(to: changes)
        let removes = try prompter.confirm(
            "Remove \(settings.configPath) with the API key?", default: false, given: removesConfig,
            flags: "--remove-config or --keep-config")
        Console.out(
            try await BridgeStop(home: home).stop() ? "The bridge is stopped." : "No bridge is running.")
        var status = ExitStatus.success
        if unpatches { status = write(changes) }
        if removes { try removeConfig(entry) }
        if status == .success {
            if unpatches || changes.isEmpty { record.remove() }
            for path in [home.gatewayMemoryPath, home.setupLockPath] { PrivateFile(path: path).remove() }
        }
        return status
    }

    private struct Change {
        let before: FileSnapshot
        var document: JSON5Document
    }

    /// The files without what was added, newest addition first. What is not there any more is left out.
    private func plan(_ entry: SetupRecord) throws -> [Change] {
        var changes: [String: Change] = [:]
        for addition in entry.additions.reversed() {
            do {
                let snapshot = try changes[addition.file]?.before ?? FileSnapshot.read(addition.file)
                guard let snapshot else { continue }
                let old = try changes[addition.file]?.document ?? JSON5Document(parsing: snapshot.bytes)
                guard let document = try addition.removed(from: old) else { continue }
                changes[addition.file] = Change(before: snapshot, document: document)
            } catch {
                throw CommandFailure(
                    .cannotWrite,
                    "\(addition.file): \(Self.reason(error)) Take it out by hand: "
                        + "\(addition.path.joined(separator: ".")) \(addition.entry ?? addition.entryID ?? "")"
                )
            }
        }
        return changes.keys.sorted().compactMap { changes[$0] }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let fault as StorageFault: "\(fault.problem)."
        case let error as JSON5Error: "\(error.summary)."
        case let error as JSON5EditError: "\(error.summary)."
        default: "\(error)"
        }
    }

    private func agrees(to changes: [Change]) throws -> Bool {
        guard !changes.isEmpty else {
            Console.out("Setup added nothing to openclaw.json that is still there.")
            return false
        }
        for change in changes {
            Console.out("\(change.before.path):")
            guard let old = try? JSON5Document(parsing: change.before.bytes) else { continue }
            MaskedDiff.lines(from: old, to: change.document).forEach { Console.out("  " + $0) }
        }
        return try prompter.confirm(
            "Take this out again?", default: true, given: patchesGateway,
            flags: "--patch-gateway or --no-patch-gateway")
    }

    private func write(_ changes: [Change]) -> ExitStatus {
        for change in changes {
            do throws(StorageFault) {
                var replacement = FileReplacement(
                    of: change.before.path, expecting: .unchanged(change.before))
                replacement.backupPath = change.before.path + ".clawdtalk-\(stamp).bak"
                try replacement.write(change.document.bytes)
                Console.out("Changed \(change.before.path)")
            } catch {
                Console.error("clawdtalk: " + error.line)
                return .cannotWrite
            }
        }
        // As in setup: the gateway may watch this file only.
        FileTouch.touch(settings.openClaw.configPath)
        return .success
    }

    private func removeConfig(_ entry: SetupRecord) throws {
        if unlink(settings.configPath) == 0 { Console.out("Removed \(settings.configPath)") }
        guard let path = entry.keyFile else { return }
        let file = PrivateFile(path: path)
        do throws(StorageFault) {
            guard let old = try file.read() else { return }
            let rest = DotEnv.removing("CLAWDTALK_API_KEY", from: String(decoding: old.bytes, as: UTF8.self))
            if rest.allSatisfy(\.isWhitespace) {
                file.remove()
            } else {
                try file.write(Array(rest.utf8), over: old)
            }
            Console.out("Took the key out of \(path)")
        } catch {
            throw CommandFailure(.cannotWrite, error.line)
        }
    }
}
