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
        var entry = try SetupRecord.read(record)
        let planned = Result { patchesGateway == false ? [] : try plan(entry) }
        let changes = (try? planned.get()) ?? []
        let unpatches = planned.isFailure || patchesGateway == false ? false : try agrees(to: changes)
        let removes = try prompter.confirm(
            "Remove \(settings.configPath) with the API key?", default: false, given: removesConfig,
            flags: "--remove-config or --keep-config")
        if let service = ServiceHosts.serving(home) {
            try await ServiceInstaller(host: service, home: home, program: try ThisProgram.path()).remove()
        }
        Console.out(
            try await BridgeStop(home: home).stop() ? "The bridge is stopped." : "No bridge is running.")
        var status = ExitStatus.success
        if unpatches { status = write(changes) }
        if status == .success, unpatches || (patchesGateway != false && !planned.isFailure && changes.isEmpty)
        {
            entry.additions = []
        }
        if removes {
            try removeConfig(entry)
            entry.keyFile = nil
        }
        if entry.isEmpty { record.remove() } else { try? record.encode(entry) }
        for path in [home.gatewayMemoryPath, home.setupLockPath] { PrivateFile(path: path).remove() }
        _ = try planned.get()
        return status
    }

    private struct Change {
        let before: FileSnapshot
        var document: JSON5Document
    }

    /// The files without what was added, newest addition first. What is not there any more is left out.
    private func plan(_ entry: SetupRecord) throws -> [Change] {
        var changes: [String: Change] = [:]
        if settings.environment["OPENCLAW_NIX_MODE"] == "1", !entry.additions.isEmpty {
            throw CommandFailure(.cannotWrite, PatchRefusal.nixMode(path: settings.openClaw.configPath).line)
        }
        for addition in entry.additions.reversed() {
            do {
                let snapshot = try changes[addition.file]?.before ?? FileSnapshot.read(addition.file)
                guard let snapshot else { continue }
                let old = try changes[addition.file]?.document ?? JSON5Document(parsing: snapshot.bytes)
                guard let document = try addition.removed(from: old) else {
                    Console.out("\(addition.title) is not as setup added it; it is left in \(addition.file).")
                    continue
                }
                changes[addition.file] = Change(before: snapshot, document: document)
            } catch {
                throw CommandFailure(
                    .cannotWrite,
                    "\(addition.file): \(Self.reason(error)) Take it out by hand: "
                        + addition.title
                )
            }
        }
        return changes.keys.sorted().compactMap { changes[$0] }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let fault as StorageFailure: "\(fault.problem)."
        case let error as JSON5Fault: "\(error.summary)."
        case let error as JSON5EditFailure: "\(error.summary)."
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
            do throws(StorageFailure) {
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
        // A link goes with what it leads to, which holds the key.
        let target = URL(filePath: settings.configPath).resolvingSymlinksInPath().path
        let folder = (settings.configPath as NSString).deletingLastPathComponent
        let name = (settings.configPath as NSString).lastPathComponent + ".broken-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let setAside = names.filter { $0.hasPrefix(name) }.map { folder + "/" + $0 }
        for path in [target, settings.configPath] + setAside { try remove(path) }
        if let path = entry.keyFile { try removeKey(from: PrivateFile(path: path)) }
    }

    private func remove(_ path: String) throws {
        if unlink(path) == 0 { return Console.out("Removed \(path)") }
        guard errno != ENOENT else { return }
        throw CommandFailure(.cannotWrite, "\(path) cannot be removed: \(String(cString: strerror(errno))).")
    }

    private func removeKey(from file: PrivateFile) throws {
        do throws(StorageFailure) {
            guard let old = try file.read() else { return }
            guard let text = String(validating: old.bytes, as: UTF8.self) else {
                throw StorageFailure(file.path, .notText)
            }
            let rest = DotEnv.removing("CLAWDTALK_API_KEY", from: text)
            if rest.allSatisfy(\.isWhitespace) {
                file.remove()
            } else {
                try file.write(Array(rest.utf8), over: old)
            }
            Console.out("Took the key out of \(file.path)")
        } catch {
            throw CommandFailure(.cannotWrite, error.line)
        }
    }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
