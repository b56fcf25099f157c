import Foundation

/// A release archive (scripts/release.sh): a tar.gz with one top folder, the package.
struct ReleaseArchive {
    let path: String

    /// Names that an archive must not hold: they are the user's, in a home that is the package's own folder.
    private static let reserved = ["skill-config.json", "calls", "spool", PackageFolder.previousName]

    /// Unpacks it, once all names and kinds in it are harmless.
    /// - Parameter folder: empty, or not there yet.
    /// - Throws: ``CommandFailure``; nothing was written outside of `folder`.
    func unpack(into folder: String) async throws -> PackageFolder {
        let names = try await tar(["-tzf", path]).split(separator: "\n").map(String.init)
        let kinds = try await tar(["-tvzf", path]).split(separator: "\n").map { $0.first }
        guard let top = Self.topFolder(names), names.count == kinds.count,
            kinds.allSatisfy({ $0 == "-" || $0 == "d" })
        else { throw Self.strange }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(.cannotWrite, "\(folder) cannot be made.")
        }
        _ = try await tar(["-xzf", path, "-C", folder, "--no-same-owner"])
        let package = PackageFolder(path: folder + "/" + top)
        guard try package.files().contains(PackageFolder.program) else { throw Self.strange }
        return package
    }

    /// The one folder that all names are in; nil when a name leads elsewhere.
    static func topFolder(_ names: [String]) -> String? {
        var top: Substring?
        for name in names {
            // A backslash is how tar writes what it cannot print.
            guard !name.hasPrefix("/"), !name.contains("\\") else { return nil }
            let parts = name.split(separator: "/").filter { $0 != "." }
            guard let first = parts.first, !parts.contains(".."), first == top ?? first else { return nil }
            top = first
            guard parts.count > 1 else { continue }
            guard !parts[1].hasPrefix("."), !reserved.contains(String(parts[1])) else { return nil }
        }
        return top.map(String.init)
    }

    private static let strange = CommandFailure(
        .failure, "the archive is not one that scripts/release.sh makes; nothing was changed.")

    private func tar(_ arguments: [String]) async throws -> String {
        let run = try await ChildProcess.run("tar", arguments, within: .seconds(300))
        guard run.status == 0 else {
            let reason = run.errors.split(separator: "\n").first.map(String.init) ?? "status \(run.status)"
            throw CommandFailure(.failure, "the archive cannot be unpacked: \(Console.printable(reason))")
        }
        return run.output
    }
}
