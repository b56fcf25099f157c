import Foundation

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
        let lock = try UpdateLock.take(in: package.path)
        defer { withExtendedLifetime(lock) { try? FileManager.default.removeItem(atPath: scratch) } }
        // An update that was killed may have left its own.
        try? FileManager.default.removeItem(atPath: scratch)
        let swap = PackageSwap(package: package, scratch: scratch)
        let installed = try await undoUnfinished(swap) ?? ClawdTalkVersion.current
        let new = try await stage()
        var report = UpdateReport(
            state: .available, installed: installed, available: try await new.version())
        guard try !package.holds(new) else {
            report.state = .upToDate
            return report
        }
        guard !onlyChecks else { return report }
        let trial = try UpdateTrial(home: home)
        try await trial.compare(new.program, with: package.program)
        let names = try new.files()
        try swap.put(new, trial.note())
        do { try await trial.restart(package.program) } catch {
            try await goBack(to: installed, swap, names, trial, after: error)
        }
        swap.finish()
        report.state = .updated
        return report
    }

    /// An update that was killed left a mixture, or a version that was never found good: it goes before all else.
    /// - Returns: the version that is in place now; nil when there was nothing to undo.
    private func undoUnfinished(_ swap: PackageSwap) async throws -> String? {
        guard let unfinished = swap.unfinished else { return nil }
        try swap.undo(unfinished.files)
        let version = try await package.version()
        Console.error("An update that was interrupted was undone; version \(version) is in place.")
        // What it found running runs again; when it cannot, the update at hand may be the cure.
        try? await UpdateTrial(home: home, before: unfinished).restart(package.program)
        return version
    }

    private func goBack(
        to version: String, _ swap: PackageSwap, _ names: [String], _ trial: UpdateTrial,
        after error: any Error
    ) async throws -> Never {
        try swap.undo(names)
        do { try await trial.restart(package.program) } catch {
            throw CommandFailure(
                .failure,
                "neither version's bridge comes up; version \(version) is in place.")
        }
        throw CommandFailure(.failure, "\(error) Version \(version) is back, and runs.")
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
