import Foundation
import Storage

/// `ReplacementVictim PATH BACKUP STEP`: replaces the file's text by itself and "new", and kills itself at a step.
@main
struct ReplacementVictim {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard let snapshot = try FileSnapshot.read(arguments[1]) else { exit(2) }
        var replacement = FileReplacement(of: arguments[1], expecting: .unchanged(snapshot))
        replacement.backupPath = arguments[2]
        replacement.onStep = { step in
            if "\(step)" == arguments[3] { kill(getpid(), SIGKILL) }
        }
        try replacement.write(snapshot.bytes + Array("new".utf8))
    }
}
