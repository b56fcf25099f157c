import Agent
import TestSupport

@testable import OpenClaw

/// What must be true at the end of a story.
extension AskingStory {
    func checkEnds() {
        for entry in entries {
            let count = entry.updates.keys.map(entry.finished(in:)).reduce(0, +)
            if count > 1 || count == 0 && entry.process == process {
                fault("Q\(entry.number) ended \(count) times")
            }
            if gateway.arrivals[entry.number, default: 0] > 1 { fault("Q\(entry.number) was asked twice") }
            checkTexts(entry)
            checkTruth(entry)
        }
        for fault in agent.faults { self.fault(fault) }
        if agent.living > 0 { fault("\(agent.living) askings are not freed") }
        let living = weakTurns.count { $0.turn != nil }
        if living > 0 { fault("\(living) turns are not freed") }
        checkOverlaps()
    }

    private func checkTexts(_ entry: Entry) {
        for text in entry.texts {
            let allowed = ["A\(entry.number)", "P\(entry.number)"]
            for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
            where word.dropFirst().contains(where: \.isNumber) && !allowed.contains(String(word)) {
                fault("Q\(entry.number) hears \(text)")
            }
        }
    }

    /// Who is told that nothing was asked is told the truth.
    private func checkTruth(_ entry: Entry) {
        guard case .failed(let failure) = entry.outcome, !failure.mayHaveActed, failure != .cancelled else {
            return
        }
        if gateway.arrivals[entry.number, default: 0] > 0 {
            fault("Q\(entry.number) is said not to have been asked: \(failure)")
        }
    }

    /// Where nothing hinders, no two of ours meet in a session.
    private func checkOverlaps() {
        guard !isStormy, gateway.persona != .refusing, !gateway.hasChat else { return }
        for overlap in gateway.overlaps { fault("Q\(overlap.question) meets \(overlap.met)") }
    }

    /// Long after the troubles every session takes questions.
    func askLast() {
        var sessions: Set<AgentSession> = []
        gateway.slowShare = 0
        for entry in entries where sessions.insert(policy.session(for: entry.origin)).inserted {
            let number = 100 + entry.number
            let last = Entry(number, entry.origin, at: time.now, limit: .seconds(200), lateLimit: .zero)
            note("Q\(number) is asked last, by \(entry.origin)")
            ask(last, earlier: nil)
            entries.append(last)
            time.advance(.seconds(230))
            if last.sentAt == nil { fault("Q\(number) is not asked: the session stays taken") }
            checkTexts(last)
        }
    }
}
