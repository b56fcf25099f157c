import Agent
import Foundation
import Logging
import OpenClaw
import Synchronization
import Wire

/// What all log lines of this process have in common, and what may change while it runs: the level, the secrets that
/// no line may hold, and where lines go.
final class LogState: Sendable {
    enum Format: Sendable {
        case text
        case json
    }

    private struct Changing {
        var level: Logger.Level
        var secrets: [String]
    }

    let format: Format
    private let file: RotatingLog?
    private let changing: Mutex<Changing>

    /// - Parameter secrets: what no line may hold; those under eight bytes are left out, they would be found in other
    ///   words.
    init(level: Logger.Level, format: Format = .text, secrets: [String] = [], file: RotatingLog? = nil) {
        (self.format, self.file) = (format, file)
        changing = Mutex(Changing(level: level, secrets: Self.hidden(secrets)))
    }

    var level: Logger.Level {
        get { changing.withLock { $0.level } }
        set { changing.withLock { $0.level = newValue } }
    }

    func hide(_ secrets: [String]) {
        changing.withLock { state in
            state.secrets += Self.hidden(secrets).filter { !state.secrets.contains($0) }
        }
    }

    /// Writes a line without the secrets, in one piece.
    func write(_ line: String) {
        changing.withLock { state in
            let isASCII = line.bytesAllSatisfy { $0 < 0x80 }
            // Beyond ASCII one text may be written in more than one way, so that looking at the bytes says nothing.
            let line = state.secrets.reduce(line) {
                isASCII && !$0.containsBytes(of: $1) ? $0 : $0.replacing($1, with: MaskedSecret.text($1))
            }
            if let file { file.write(line + "\n") } else { Console.error(line) }
        }
    }

    /// A logger that writes here.
    var logger: Logger { Logger(label: "clawdtalk") { _ in LineLogHandler(self) } }

    private static func hidden(_ secrets: [String]) -> [String] { secrets.filter { $0.utf8.count >= 8 } }
}
