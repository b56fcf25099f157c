import ArgumentParser
import Foundation

/// `clawdtalk update`: another version of the program in place of this one.
struct UpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Update the program from a release archive, or a git checkout from its remote.",
        discussion: """
            The new version is tried first (its doctor on this configuration), the one before is kept, and is put back when \
            the new one does not come up. Configuration and state are never touched; a bridge that runs is restarted once \
            its answers are delivered. Exit statuses: 0 up to date, updated, or with --check: known what there is; 1 \
            failed, 64 usage, 69 not reachable, 73 a file could not be written. Unless it is 0, the version before is in \
            place.
            """)

    @Option(
        help: ArgumentHelp(
            "An archive, its https address, or git. Default: the remote of a git checkout.",
            valueName: "url|file|git"))
    var from: String?
    @Option(
        help: ArgumentHelp(
            "The archive's SHA-256. Default: NAME.sha256 or SHA256SUMS beside it.", valueName: "hex"))
    var sha256: String?
    @Flag(help: "Only tell whether there is another version.") var check = false
    @Flag(help: "Go back to the version before the last update.") var back = false
    @Flag(help: "Print one JSON document.") var json = false

    func validate() throws {
        guard !(back && (from != nil || sha256 != nil)) else {
            throw ValidationError("--back goes with neither --from nor --sha256.")
        }
        guard sha256.map({ Checksum($0) != nil }) ?? true else {
            throw ValidationError("--sha256 takes 64 hexadecimal digits.")
        }
    }

    func run() async throws {
        let signals = [SIGINT, SIGTERM].map { number in
            SignalSource(number) { Self.interrupt(by: number) }
        }
        defer { withExtendedLifetime(signals) {} }
        try await CommandRunner.run {
            let report = try await update()
            if json { Console.json(report) } else { Console.out(report.text) }
            return .success
        }
    }

    /// A program that runs for us is ended, and the update goes back. Between two of them the next update does that.
    private static func interrupt(by number: Int32) {
        guard !ChildProcess.endAll() else { return }
        signal(number, SIG_DFL)
        kill(getpid(), number)
    }

    private func update() async throws -> UpdateReport {
        let program = try ThisProgram.path()
        let installation = Installation(program: program)
        let source = try UpdateSource.named(from, back: back, in: installation)
        switch installation {
        case .checkout(let root):
            guard sha256 == nil else { throw CommandFailure(.usage, "--sha256 is for archives.") }
            return try await CheckoutUpdate(root: root, home: .current, program: program)
                .run(onlyChecks: check)
        case .package(let folder):
            return try await PackageUpdate(
                package: folder, home: .current, source: source, expected: sha256.flatMap { Checksum($0) }
            ).run(onlyChecks: check)
        case .alone:
            throw CommandFailure(.usage, "\(program) stands alone.")
        }
    }
}
