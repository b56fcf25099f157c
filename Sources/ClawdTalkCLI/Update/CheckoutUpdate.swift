import Foundation

/// Updates a git checkout from the branch that it follows: fast-forward only, built by the same scripts.
struct CheckoutUpdate {
    let root: String
    let home: HomeFolder
    /// The built program.
    let program: String

    /// Where the program before is kept.
    private var previous: String { root + "/.build/" + PackageFolder.previousName }

    /// - Parameter onlyChecks: fetches and tells; neither sources nor program are changed.
    /// - Throws: ``CommandFailure``; the version before is in place then, and its bridge runs if one ran.
    func run(onlyChecks: Bool) async throws -> UpdateReport {
        let branch = try await upstream()
        try await git(["fetch", "--quiet"])
        let counts = try await git(["rev-list", "--left-right", "--count", "HEAD...@{upstream}"])
            .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard counts.count == 2 else { throw CommandFailure(.failure, "git does not say what is new.") }
        let old = try await git(["rev-parse", "--short", "HEAD"])
        let new = try await git(["rev-parse", "--short", "@{upstream}"])
        var report = UpdateReport(
            state: counts[1] == 0 ? .upToDate : .available, installed: old, available: new, commits: counts[1]
        )
        guard counts[1] > 0 else { return report }
        guard counts[0] == 0 else {
            throw CommandFailure(
                .failure, "\(root) and \(branch) have diverged; bring them together by git, then try again.")
        }
        guard !onlyChecks else { return report }
        guard try await git(["status", "--porcelain", "--untracked-files=no"]).isEmpty else {
            throw CommandFailure(
                .failure, "\(root) has changes of its own; commit or stash them, then try again.")
        }
        try await put(from: old)
        report.state = .updated
        return report
    }

    private func put(from old: String) async throws {
        let trial = try UpdateTrial(home: home)
        try replace(previous, with: program)
        try await git(["merge", "--quiet", "--ff-only", "@{upstream}"])
        var isTouched = false
        do {
            try await build()
            try await trial.compare(program, with: previous)
            isTouched = true
            try await trial.restart(program)
        } catch {
            try await git(["reset", "--quiet", "--keep", old])
            // Newer than the sources, so that nobody builds it again.
            try replace(program, with: previous)
            if isTouched { try? await trial.restart(program) }
            throw CommandFailure(
                .failure, "\(error) The checkout is at \(old) again, with the program before.")
        }
    }

    private func build() async throws {
        let script = "set -euo pipefail; source \"$1/scripts/prepare.sh\"; release_binary \"$1\""
        let run = try await ChildProcess.run(
            "bash", ["-c", script, "bash", root], showsErrors: true, within: .seconds(7200))
        guard run.status == 0 else { throw CommandFailure(.failure, "the new version cannot be built.") }
    }

    private func replace(_ path: String, with other: String) throws {
        let copy = path + ".tmp"
        do {
            try? FileManager.default.removeItem(atPath: copy)
            try FileManager.default.copyItem(atPath: other, toPath: copy)
            try FileManager.default.setAttributes([.modificationDate: Date.now], ofItemAtPath: copy)
        } catch {
            throw CommandFailure(.cannotWrite, "\(copy): \(error.localizedDescription)")
        }
        guard rename(copy, path) == 0 else {
            throw CommandFailure(.cannotWrite, "\(path): \(String(cString: strerror(errno))).")
        }
    }

    private func upstream() async throws -> String {
        do {
            return try await git(["rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}"])
        } catch {
            throw CommandFailure(
                .failure, "the branch of \(root) follows no remote branch; update it by git.")
        }
    }

    @discardableResult
    private func git(_ arguments: [String]) async throws -> String {
        let run = try await ChildProcess.run("git", ["-C", root] + arguments, within: .seconds(600))
        guard run.status == 0 else {
            let reason = run.errors.split(separator: "\n").first.map(String.init) ?? "status \(run.status)"
            throw CommandFailure(.failure, "git \(arguments[0]): \(Console.printable(reason))")
        }
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
