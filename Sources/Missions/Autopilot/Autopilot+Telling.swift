import Foundation
import Storage

/// Telling the agent's session: apart from everything else, so that a gateway that is away holds up nothing.
extension Autopilot {
    func tellAgent(_ slug: String) async throws {
        guard let lock = try FileLock(trying: file.path + ".telling.lock") else { return }
        defer { withExtendedLifetime(lock) {} }
        while let (work, tidings) = try next(slug) {
            let result = await tell(tidings, work)
            try told(tidings, result, work)
            guard case .told = result else { return }
        }
    }

    /// The first that is due, marked as sent before it is: after a crash the session's history tells whether it arrived.
    private func next(_ slug: String) throws -> (RoundWork, Tidings)? {
        guard let entry = try file.read()[slug], let run = entry.run else { return nil }
        guard try entry.autopilot().tidings.contains(where: { $0.nextTry <= now }) else { return nil }
        let work = RoundWork(slug: slug, run: run)
        return try edit(work) { record in
            record.tidings.removeAll { $0.isOver(now: now) }
            guard let position = record.tidings.firstIndex(where: { $0.nextTry <= now }) else { return nil }
            let before = record.tidings[position]
            record.tidings[position].isSent = true
            record.tidings[position].tries += 1
            record.tidings[position].nextTry = now + LookPace.pause(afterFailures: before.tries)
            return (work, before)
        }
    }

    private func tell(_ tidings: Tidings, _ work: RoundWork) async -> TellResult {
        let message = "[Mission \(work.slug)] \(tidings.text)"
        let number = (message + "\(tidings.since)").utf8.reduce(UInt32(2_166_136_261)) {
            ($0 ^ UInt32($1)) &* 16_777_619
        }
        return await ports.teller.tell(
            message, number: number, mayBeKnown: tidings.isSent ? tidings.since : nil)
    }

    private func told(_ tidings: Tidings, _ result: TellResult, _ work: RoundWork) throws {
        if case .uncertain = result { return }
        try edit(work) { record in
            let position = record.tidings.firstIndex { $0.text == tidings.text && $0.since == tidings.since }
            guard let position else { return }
            if case .told = result {
                record.tidings.remove(at: position)
            } else {
                record.tidings[position].isSent = tidings.isSent
            }
        }
        if case .notTold = result { ports.log("mission \(work.slug): the agent could not be told yet") }
    }
}
