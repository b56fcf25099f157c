/// What a ``CallJournal`` says at a moment: what is open, which calls were greeted, which ended lately. Times are seconds.
struct JournalState {
    struct Open {
        let question: Question
        let askedAt: Int
        /// In the order of the questions.
        let order: Int
    }

    private var open: [AnswerChannel: Open] = [:]
    /// When they were heard of last.
    private(set) var greeted: [String: Int] = [:]
    private(set) var ended = EndedCalls<Int>()
    private var lastOrder = 0

    /// The service has given up a question long before, and a call has ended.
    private static let longestQuestion = 300
    private static let longestCall = 4 * 3600
    private static let endedMemory = 3600

    /// The open questions, the earliest first.
    var inOrder: [Open] { open.values.sorted { $0.order < $1.order } }

    mutating func asked(_ question: Question, at time: Int) {
        lastOrder += 1
        open[question.channel] = Open(question: question, askedAt: time, order: lastOrder)
        if let callID = question.callID, greeted[callID] != nil { greeted[callID] = time }
    }

    mutating func told(_ channel: AnswerChannel) { open[channel] = nil }

    mutating func greeted(_ callID: String, at time: Int) {
        greeted[callID] = time
        ended.remove(callID)
    }

    mutating func ended(_ callID: String, at time: Int) {
        greeted[callID] = nil
        if open.values.contains(where: { $0.question.callID == callID }) {
            open = open.filter { $0.value.question.callID != callID }
        }
        ended.insert(callID, at: time)
    }

    mutating func forgetOld(now: Int) {
        open = open.filter { now - $0.value.askedAt <= Self.longestQuestion }
        greeted = greeted.filter { now - $0.value <= Self.longestCall }
        ended.removeOlder(than: now - Self.endedMemory)
    }
}
