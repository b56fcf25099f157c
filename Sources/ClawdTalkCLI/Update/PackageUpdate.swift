import Foundation
import Storage

/// Updates an unpacked release archive from another one, or goes back to the one before.
struct PackageUpdate {
    let package: PackageFolder
    let home: HomeFolder
    let source: UpdateSource
    let expected: Checksum?

    private var scratch: String { package.path + "/.update" }

    /// - Parameter onlyChecks: tells what there is and puts nothing in place.
    /// - Throws: ``CommandFailure``; the version before is in place then, and its bridge runs if one ran.
    func run(onlyChecks: Bool) async throws -> UpdateReport {
        let lock = try takeLock()
        defer { withExtendedLifetime(lock) { try? FileManager.default.removeItem(atPath: scratch) } }
        // An update that was killed may have left its own.
        try? FileManager.default.removeItem(atPath: scratch)
        let new = try await stage()
        var report = UpdateReport(
            state: .available, installed: ClawdTalkVersion.current, available: try await new.version())
        guard new.bytes() != package.bytes() else {
            report.state = .upToDate
            return report
        }
        guard !onlyChecks else { return report }
        let trial = try UpdateTrial(home: home)
        try await trial.compare(new.program, with: package.program)
        let names = try new.files()
        let swap = PackageSwap(package: package, scratch: scratch)
        try swap.put(new)
        do { try await trial.restart(package.program) } catch {
            try await goBack(swap, names, trial, after: error)
        }
        report.state = .updated
        return report
    }

    private func goBack(
        _ swap: PackageSwap, _ names: [String], _ trial: UpdateTrial, after error: any Error
    ) async throws -> Never {
        try swap.undo(names)
        do { try await trial.restart(package.program) } catch {
            throw CommandFailure(
                .failure,
                "neither version's bridge comes up; version \(ClawdTalkVersion.current) is in place.")
        }
        throw CommandFailure(.failure, "\(error) Version \(ClawdTalkVersion.current) is back, and runs.")
    }

    private func takeLock() throws -> FileLock {
        do throws(StorageFault) {
            if let lock = try FileLock(trying: package.path + "/.update.lock") { return lock }
        } catch {
            throw CommandFailure(.cannotWrite, error.line)
        }
        throw CommandFailure(.failure, "another update is under way in \(package.path).")
    }

    /// The new package, in a folder beside the files that it will replace.
    private func stage() async throws -> PackageFolder {
        do {
            try FileManager.default.createDirectory(
                atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            if source == .previous { return try previous() }
            let bytes = try await ArchiveFetch(source: source, expected: expected).bytes()
            let archive = scratch + "/archive.tar.gz"
            try Data(bytes).write(to: URL(filePath: archive))
            return try await ReleaseArchive(path: archive).unpack(into: scratch + "/new")
        } catch let error as CocoaError {
            throw CommandFailure(.cannotWrite, "\(scratch): \(error.localizedDescription)")
        }
    }

    private func previous() throws -> PackageFolder {
        let copy = PackageFolder(path: scratch + "/new")
        guard FileManager.default.fileExists(atPath: package.previous.program) else {
            throw CommandFailure(.failure, "there is no version to go back to in \(package.previous.path).")
        }
        try FileManager.default.copyItem(atPath: package.previous.path, toPath: copy.path)
        return copy
    }
}
