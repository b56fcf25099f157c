/// Which names are being looked up, and for whom. Pure: the caller runs the lookups and tells the time.
///
/// The system's resolver blocks a thread and cannot be cancelled, so that lookups gather when it hangs. Here a question that
/// is being asked already is joined, at most ``maximumRunning`` are asked at once, and the others wait for their turn.
struct LookupMachine {
    struct Question: Hashable, Sendable {
        let name: String
        let family: Int32
    }

    struct Lookup: Equatable {
        let ticket: Int
        let question: Question
    }

    enum Admission: Equatable {
        /// Ask it now, then call ``finish(_:now:)``.
        case start(Lookup)
        /// Somebody asks it already, or it waits for its turn.
        case joined
        /// Too many lookups are without an answer.
        case refused
    }

    private struct Record {
        let question: Question
        var waiters: Set<Int>
        /// Nil while it waits for its turn.
        var startedAt: Duration?
    }

    static let maximumRunning = 8
    static let maximumQueued = 64
    /// A lookup that has taken longer is not joined: it may hang at a server of a network that this machine has left.
    static let joinable = Duration.seconds(5)
    /// Lookups of one question at a time; further ones join the newest, so that one dead name leaves room for others.
    static let maximumAlike = 2

    private var records: [Int: Record] = [:]
    private var queue: [Int] = []
    private var lastTicket = 0

    var runningCount: Int { records.count - queue.count }

    /// - Parameter waiter: a number that the caller uses once.
    mutating func ask(_ question: Question, for waiter: Int, now: Duration) -> Admission {
        let alike = records.filter { $0.value.question == question }.keys.sorted()
        if let newest = alike.last, alike.count == Self.maximumAlike || isFresh(newest, now) {
            records[newest]?.waiters.insert(waiter)
            return .joined
        }
        let isFree = runningCount < Self.maximumRunning
        guard isFree || queue.count < Self.maximumQueued else { return .refused }
        lastTicket += 1
        records[lastTicket] = Record(question: question, waiters: [waiter], startedAt: isFree ? now : nil)
        if isFree { return .start(Lookup(ticket: lastTicket, question: question)) }
        queue.append(lastTicket)
        return .joined
    }

    /// Takes note of an answer. - Returns: who gets it, and the lookup to run next.
    mutating func finish(_ ticket: Int, now: Duration) -> (waiters: Set<Int>, next: Lookup?) {
        let waiters = records.removeValue(forKey: ticket)?.waiters ?? []
        guard !queue.isEmpty else { return (waiters, nil) }
        let next = queue.removeFirst()
        records[next]?.startedAt = now
        return (waiters, records[next].map { Lookup(ticket: next, question: $0.question) })
    }

    /// Drops a waiter's interest; a lookup that waits for its turn for nobody is not run.
    mutating func leave(_ waiter: Int) {
        for ticket in records.keys where records[ticket]?.waiters.remove(waiter) != nil {
            if records[ticket]?.startedAt == nil, records[ticket]?.waiters.isEmpty == true {
                records[ticket] = nil
                queue.removeAll { $0 == ticket }
            }
        }
    }

    private func isFresh(_ ticket: Int, _ now: Duration) -> Bool {
        records[ticket]?.startedAt.map { now - $0 < Self.joinable } ?? true
    }
}
