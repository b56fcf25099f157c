import Synchronization

/// Things that happened, in order, which tests and the demo wait for instead of sleeping.
package final class EventJournal<Entry: Sendable>: Sendable {
    private struct State {
        var entries: [Entry] = []
        var times: [ContinuousClock.Instant] = []
        var waiting:
            [Int: (check: @Sendable ([Entry]) -> Entry?, continuation: CheckedContinuation<Entry?, Never>)] =
                [:]
        var lastTicket = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var entries: [Entry] { state.withLock { $0.entries } }

    /// With the time of each.
    package var timedEntries: [(time: ContinuousClock.Instant, entry: Entry)] {
        state.withLock { zip($0.times, $0.entries).map { ($0, $1) } }
    }

    /// Forgets what happened so far: in long runs each look through it would take longer than the one before.
    package func forget() { state.withLock { ($0.entries, $0.times) = ([], []) } }

    package func append(_ entry: Entry) {
        let ready: [(CheckedContinuation<Entry?, Never>, Entry)] = state.withLock { state in
            state.entries.append(entry)
            state.times.append(.now)
            var ready: [(CheckedContinuation<Entry?, Never>, Entry)] = []
            for (ticket, waiter) in state.waiting {
                guard let found = waiter.check(state.entries) else { continue }
                ready.append((waiter.continuation, found))
                state.waiting[ticket] = nil
            }
            return ready
        }
        for (continuation, entry) in ready { continuation.resume(returning: entry) }
    }

    /// The first entry, past or future, that `matches`; nil when it does not come within `limit`.
    package func first(
        within limit: Duration, where matches: @escaping @Sendable (Entry) -> Bool
    ) async -> Entry? {
        await first(within: limit) { entries in entries.first(where: matches) }
    }

    /// What `find` finds in all entries, now or after one more; nil when it does not within `limit`.
    /// - Parameter find: must not use the journal itself.
    package func first(
        within limit: Duration, in find: @escaping @Sendable ([Entry]) -> Entry?
    ) async -> Entry? {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let timeout = Task { [weak self] in
            try await Task.sleep(for: limit)
            self?.giveUp(ticket)
        }
        defer { timeout.cancel() }
        return await withCheckedContinuation { continuation in
            let found: Entry? = state.withLock { state in
                if let entry = find(state.entries) { return entry }
                state.waiting[ticket] = (find, continuation)
                return nil
            }
            if let found { continuation.resume(returning: found) }
        }
    }

    private func giveUp(_ ticket: Int) {
        state.withLock { $0.waiting.removeValue(forKey: ticket) }?.continuation.resume(returning: nil)
    }
}
