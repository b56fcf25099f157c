import Foundation

/// An unpacked release archive: the program with its scripts and documents.
struct PackageFolder: Equatable, Sendable {
    let path: String

    /// The program's name in it.
    static let program = "clawdtalk"
    /// Where the version before is kept, as a package of its own.
    static let previousName = "clawdtalk.previous"

    var program: String { path + "/" + Self.program }
    var previous: PackageFolder { PackageFolder(path: path + "/" + Self.previousName) }

    /// The paths of its files from the folder on, sorted, the program last: it must find its scripts.
    /// - Throws: ``CommandFailure`` for links and other special files.
    func files() throws -> [String] {
        let names = try? FileManager.default.subpathsOfDirectory(atPath: path)
        let files = try (names ?? []).sorted().filter { name in
            var info = stat()
            guard lstat(path + "/" + name, &info) == 0 else { return false }
            if info.st_mode & S_IFMT == S_IFDIR { return false }
            guard info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1 else {
                throw CommandFailure(.failure, "\(Console.printable(name)) is not a plain file.")
            }
            return true
        }
        return files.filter { $0 != Self.program } + files.filter { $0 == Self.program }
    }

    /// What the program says of itself, such as "0.1.0".
    /// - Throws: ``CommandFailure`` when it does not run.
    func version() async throws -> String {
        let run = try await ChildProcess.run(program, ["version"], within: .seconds(20))
        let words = run.output.split(separator: " ")
        guard run.status == 0, words.count >= 2, words[0] == Self.program else {
            let reason = run.errors.split(separator: "\n").first.map { ": " + Console.printable(String($0)) }
            throw CommandFailure(
                .failure, "the program there does not run (status \(run.status))\(reason ?? "").")
        }
        return Console.printable(String(words[1]))
    }

    /// Whether each file of another package is here, and the same.
    func holds(_ other: PackageFolder) throws -> Bool {
        let files = FileManager.default
        return try other.files().allSatisfy { name in
            let (mine, its) = (path + "/" + name, other.path + "/" + name)
            return files.contentsEqual(atPath: mine, andPath: its)
                && files.isExecutableFile(atPath: mine) == files.isExecutableFile(atPath: its)
        }
    }
}
