import Logging
import Synchronization

/// Keeps the lines of a log.
final class LogJournal: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    /// How many lines have this in them; all have nothing.
    func count(of part: String) -> Int {
        lines.withLock { $0.count { part.isEmpty || $0.contains(part) } }
    }

    var handler: any LogHandler { Handler(journal: self) }

    private struct Handler: LogHandler {
        let journal: LogJournal
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            journal.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}
