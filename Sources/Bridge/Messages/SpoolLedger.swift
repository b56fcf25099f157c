import Logging

/// The entries of a spool in memory: the open ones, the ids that came, and what the disk still lacks.
///
/// A finished entry is kept for 48 h, and at most 2,000 of them are, so that one that comes again is noticed.
final class SpoolLedger<Entry: SpoolEntry> {
    private let spool: any Spool<Entry>
    private let unixTime: () -> Int
    private let log: Logger
    private(set) var open: [Int: Entry] = [:]
    /// In the order of their ends.
    private(set) var finished: [Entry] = []
    private var known: Set<String> = []
    private var unsaved: [Int: Entry] = [:]
    private var lastNumber = 0

    private static var keptSeconds: Int { 48 * 3600 }
    private static var keptCount: Int { 2_000 }

    init(_ spool: any Spool<Entry>, unixTime: @escaping () -> Int, log: Logger) {
        (self.spool, self.unixTime, self.log) = (spool, unixTime, log)
    }

    /// Takes up what earlier processes left.
    func load() {
        for entry in spool.load() { note(entry) }
        finished.sort { ($0.finishedAt ?? 0) < ($1.finishedAt ?? 0) }
        prune()
    }

    func knows(_ serviceID: String?) -> Bool { serviceID.map(known.contains) ?? false }

    func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Takes an entry in the place of the one of its number.
    /// - Returns: whether it is saved; when it is not, ``saveRest()`` and the next one try again.
    @discardableResult
    func put(_ entry: Entry) -> Bool {
        note(entry)
        prune()
        return save(entry)
    }

    private func note(_ entry: Entry) {
        lastNumber = max(lastNumber, entry.number)
        if let id = entry.serviceID { known.insert(id) }
        open[entry.number] = entry.finishedAt == nil ? entry : nil
        if entry.finishedAt != nil { finished.append(entry) }
    }

    /// One line in the log when it begins to fail, one when it is well again.
    private func save(_ entry: Entry) -> Bool {
        do {
            try spool.save(entry)
        } catch {
            if unsaved.isEmpty { log.error("the spool cannot be written", metadata: ["fault": "\(error)"]) }
            unsaved[entry.number] = entry
            return false
        }
        unsaved[entry.number] = nil
        saveRest()
        return true
    }

    /// Tries again to write what could not be written.
    func saveRest() {
        guard !unsaved.isEmpty else { return }
        for (number, entry) in unsaved {
            guard (try? spool.save(entry)) != nil else { return }
            unsaved[number] = nil
        }
        log.notice("the spool can be written again")
    }

    private func prune() {
        let oldest = unixTime() - Self.keptSeconds
        let excess = finished.count - Self.keptCount
        let count = finished.enumerated().prefix { $0 < excess || ($1.finishedAt ?? 0) < oldest }.count
        for entry in finished.prefix(count) {
            spool.remove(entry.number)
            unsaved[entry.number] = nil
            if let id = entry.serviceID { known.remove(id) }
        }
        finished.removeFirst(count)
    }
}
