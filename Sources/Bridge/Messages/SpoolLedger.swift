import Logging

/// The entries of a spool in memory: the open ones, the ids that came, and what the disk still lacks.
///
/// A finished entry is kept for 48 h, and at most 2,000 of them are, so that one that comes again is noticed.
final class SpoolLedger<Entry: SpoolEntry> {
    private let spool: any Spool<Entry>
    private let clock: SteadyClock
    private let log: Logger
    private(set) var open: [Int: Entry] = [:]
    /// In the order of their ends.
    private(set) var finished: [Entry] = []
    private var known: Set<String> = []
    /// What the disk did not take.
    private var unsaved: [Int: Entry] = [:]
    /// Saves that are under way: of each number the latest.
    private var underWay: [Int: Int] = [:]
    private var lastSave = 0
    private var isFailing = false
    private var isClosed = false
    private var lastNumber = 0

    private static var keptSeconds: Int { 48 * 3600 }
    private static var keptCount: Int { 2_000 }

    init(_ spool: any Spool<Entry>, clock: SteadyClock, log: Logger) {
        (self.spool, self.clock, self.log) = (spool, clock, log)
    }

    /// Takes up what earlier processes left.
    func load() {
        for entry in spool.load() { note(entry) }
        redate()
        finished.sort { ($0.finishedAt ?? 0) < ($1.finishedAt ?? 0) }
        prune()
    }

    /// What seems to come from the future is of a clock that nobody remembers: it counts as new, or it would never grow
    /// old.
    private func redate() {
        let now = clock.now
        for entry in open.values.sorted(by: { $0.number < $1.number }) where entry.cameAt.steady > now {
            var entry = entry
            entry.cameAt = Timestamp(unix: entry.cameAt.unix, steady: now)
            put(entry)
        }
    }

    func knows(_ serviceID: String?) -> Bool { serviceID.map(known.contains) ?? false }

    func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Takes an entry in the place of the one of its number, at once; it is saved later.
    /// - Parameter completion: called with whether it is saved; when it is not, ``saveRest()`` and the next one try again.
    func put(_ entry: Entry, then completion: @escaping (_ isSaved: Bool) -> Void = { _ in }) {
        note(entry)
        prune()
        save(entry, then: completion)
    }

    /// - Parameter completion: called once, with whether all of them are saved.
    func put(_ entries: [Entry], then completion: @escaping (_ areSaved: Bool) -> Void) {
        guard !entries.isEmpty else { return completion(true) }
        let count = Countdown(entries.count, completion)
        for entry in entries { put(entry) { count.down($0) } }
    }

    private func note(_ entry: Entry) {
        lastNumber = max(lastNumber, entry.number)
        if let id = entry.serviceID { known.insert(id) }
        open[entry.number] = entry.finishedAt == nil ? entry : nil
        if entry.finishedAt != nil { finished.append(entry) }
    }

    private func save(_ entry: Entry, then completion: @escaping (Bool) -> Void) {
        let number = entry.number
        lastSave += 1
        let ticket = lastSave
        underWay[number] = ticket
        unsaved[number] = nil
        spool.save(entry) { [weak self] result in
            self?.saved(entry, ticket, result)
            completion((try? result.get()) != nil)
        }
    }

    /// One line in the log when it begins to fail, one when it is well again.
    private func saved(_ entry: Entry, _ ticket: Int, _ result: Result<Void, any Error>) {
        // What is not the latest of its number is overtaken, whatever became of it.
        let isLatest = underWay[entry.number] == ticket
        if isLatest { underWay[entry.number] = nil }
        switch result {
        case .success:
            if isFailing { saveRest() }
        case .failure(let error):
            if !isFailing { log.error("the spool cannot be written", metadata: ["failure": "\(error)"]) }
            isFailing = true
            if isLatest { unsaved[entry.number] = entry }
        }
    }

    /// Tries once more to write all that could not be written, and never again: the process ends.
    func close() {
        isClosed = true
        unsaved.values.sorted { $0.number < $1.number }.forEach { save($0) { _ in } }
    }

    /// Tries again to write what could not be written: one, and when that succeeds the next.
    func saveRest() {
        guard isFailing, !isClosed else { return }
        if let next = unsaved.values.min(by: { $0.number < $1.number }) { return save(next) { _ in } }
        guard underWay.isEmpty else { return }
        isFailing = false
        log.notice("the spool can be written again")
    }

    private func prune() {
        let oldest = clock.now - Self.keptSeconds
        let excess = finished.count - Self.keptCount
        let count = finished.enumerated().prefix { $0 < excess || ($1.finishedAt ?? 0) < oldest }.count
        for entry in finished.prefix(count) {
            spool.remove(entry.number)
            (unsaved[entry.number], underWay[entry.number]) = (nil, nil)
            if let id = entry.serviceID { known.remove(id) }
        }
        finished.removeFirst(count)
    }
}

/// Waits for several saves. - Parameter completion: called once, with whether all went well.
private final class Countdown {
    private var rest: Int
    private var isWell = true
    private let completion: (Bool) -> Void

    init(_ count: Int, _ completion: @escaping (Bool) -> Void) {
        (rest, self.completion) = (count, completion)
    }

    func down(_ isWell: Bool) {
        self.isWell = self.isWell && isWell
        rest -= 1
        if rest == 0 { completion(self.isWell) }
    }
}
