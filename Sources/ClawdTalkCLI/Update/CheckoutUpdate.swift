import Foundation

/// Updates a git checkout from the branch that it follows: fast-forward only, built by the same scripts.
struct CheckoutUpdate {
    let root: String
    let home: HomeFolder
    /// The built program.
    let program: String

    /// Where the program before is kept.
    private var previous: String { root + "/.build/" + PackageFolder.previousName }

    /// Says that an update is under way, and from where.
    private var mark: String { root + "/.build/clawdtalk.updating" }

    /// An update that was interrupted is gone on with, so that what was never tried does not pass for up to date.
    /// - Parameter onlyChecks: fetches and tells; neither sources nor program are changed.
    /// - Throws: ``CommandFailure``; the version before is in place then, and its bridge runs if one ran.
    func run(onlyChecks: Bool) async throws -> UpdateReport {
        let lock = try UpdateLock.take(in: root)
        defer { withExtendedLifetime(lock) {} }
        let unfinished = UnfinishedUpdate.read(mark)
        let branch = try await upstream()
        try await fetch()
        let old = try await git(["rev-parse", "--short", unfinished?.commit ?? "HEAD"])
        var report = try await report(since: old)
        guard report.state != .upToDate || unfinished != nil else { return report }
        guard try await git(["rev-list", "--count", "@{upstream}..HEAD"]) == "0" else {
            throw CommandFailure(
                .failure, "\(root) and \(branch) have diverged; bring them together by git, then try again.")
        }
        report.state = .available
        guard !onlyChecks else { return report }
        guard try await git(["status", "--porcelain", "--untracked-files=no"]).isEmpty else {
            throw CommandFailure(
                .failure, "\(root) has changes of its own; commit or stash them, then try again.")
        }
        try await put(from: old, goingOn: unfinished)
        report.state = .updated
        return report
    }

    private func report(since old: String) async throws -> UpdateReport {
        let count = try await git(["rev-list", "--count", old + "..@{upstream}"])
        guard let commits = Int(count) else {
            throw CommandFailure(.failure, "git does not say what is new.")
        }
        return UpdateReport(
            state: commits == 0 ? .upToDate : .available, installed: old,
            available: try await git(["rev-parse", "--short", "@{upstream}"]), commits: commits)
    }

    private func put(from old: String, goingOn unfinished: UnfinishedUpdate?) async throws {
        let trial = try UpdateTrial(home: home, before: unfinished)
        if unfinished == nil {
            try replace(previous, with: program)
            try trial.note(commit: old).write(mark)
        }
        // The interrupted one may have restarted the bridge.
        var isTouched = unfinished != nil
        do {
            try await git(["merge", "--quiet", "--ff-only", "@{upstream}"])
            try await build()
            try await trial.compare(program, with: previous)
            isTouched = true
            try await trial.restart(program)
        } catch {
            try await goBack(to: old, isTouched ? trial : nil, after: error)
        }
        UnfinishedUpdate.remove(mark)
    }

    /// The program and its bridge first: they must not wait for git, which may refuse.
    /// - Parameter trial: nil when the bridge was not restarted.
    private func goBack(to old: String, _ trial: UpdateTrial?, after error: any Error) async throws -> Never {
        var words = ["\(error)"]
        try replace(program, with: previous)
        do { try await trial?.restart(program) } catch {
            words.append("The program before is back, but its bridge does not come up either.")
        }
        do {
            try await git(["reset", "--quiet", "--keep", old])
            // Newer than the sources, so that nobody builds it again.
            try replace(program, with: previous)
            UnfinishedUpdate.remove(mark)
            words.append("The checkout is at \(old) again, with the program before.")
        } catch {
            // The mark stays: what is here now was never found good.
            words.append("The program before is back, but not its sources: \(error)")
        }
        throw CommandFailure(.failure, words.joined(separator: " "))
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

    /// With nobody asked for a password: the command may run from cron, and has no terminal of its own.
    private func fetch() async throws {
        let mine = ProcessInfo.processInfo.environment
        var environment = mine.merging(["GIT_TERMINAL_PROMPT": "0"]) { $1 }
        let set = try await ChildProcess.run("git", ["-C", root, "config", "--get", "core.sshCommand"])
        if mine["GIT_SSH_COMMAND"] == nil, mine["GIT_SSH"] == nil, set.status != 0 {
            environment["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes"
        }
        try await git(["fetch", "--quiet"], environment: environment)
    }

    @discardableResult
    private func git(_ arguments: [String], environment: [String: String]? = nil) async throws -> String {
        let run = try await ChildProcess.run(
            "git", ["-C", root] + arguments, environment: environment, within: .seconds(600))
        guard run.status == 0 else {
            let reason = run.errors.split(separator: "\n").first.map(String.init) ?? "status \(run.status)"
            throw CommandFailure(.failure, "git \(arguments[0]): \(Console.printable(reason))")
        }
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
