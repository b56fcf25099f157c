import Foundation
import Storage

/// `ReplacementVictim PATH BACKUP STEP`: replaces the file's text by itself and "new", and kills itself at a step.
///
/// `ReplacementVictim race PATH NAME COUNT`: adds a line to the file as often, beside others who do the same, as on a file
/// system without locks; prints the lines of which it was told that they are there. Each time it tries again until it is
/// told so.
@main
struct ReplacementVictim {
    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments[1] == "race" {
            return try race(arguments[2], name: arguments[3], count: Int(arguments[4]) ?? 0)
        }
        guard let snapshot = try FileSnapshot.read(arguments[1]) else { exit(2) }
        var replacement = FileReplacement(of: arguments[1], expecting: .unchanged(snapshot))
        replacement.backupPath = arguments[2]
        replacement.onStep = { step in
            if "\(step)" == arguments[3] { kill(getpid(), SIGKILL) }
        }
        try replacement.write(snapshot.bytes + Array("new".utf8))
    }

    private static func race(_ path: String, name: String, count: Int) throws {
        for number in 0..<count {
            let line = "\(name)-\(number)"
            while try !add(line, to: path) {}
            print(line)
        }
    }

    /// - Returns: false when another writer was faster.
    private static func add(_ line: String, to path: String) throws -> Bool {
        guard let snapshot = try FileSnapshot.read(path) else { exit(2) }
        var replacement = FileReplacement(of: path, expecting: .unchanged(snapshot))
        replacement.system.lock = { _, _ in
            errno = ENOLCK
            return -1
        }
        do {
            try replacement.write(snapshot.bytes + Array("\(line)\n".utf8))
            return true
        } catch {
            guard error.reason == .changed else { throw error }
            return false
        }
    }
}
