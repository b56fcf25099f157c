import Foundation
import Ports
import TestSupport
import Wire

/// A gateway in memory that really keeps sessions: rows, announce runs, other channels, runs that fail after they acted,
/// and troubles of its own. Questions are `Q` and a number, their answers `A` and the same.
final class ModelGateway {
    enum Persona: CaseIterable {
        /// 2026.6: waited sends, a promise of an announce run with each answer.
        case announcing
        /// Early 2026: the same without a baseline, so that a silent run gives an older answer, and without stop reasons.
        case early
        /// 2026.7: no waited sends to the calling session, notices about runs without words.
        case refusing
    }

    enum Trouble: CaseIterable {
        case away, unavailable, rateLimited, noHistory, historyHangs, historySlow, cutsCalls
    }

    struct Phase {
        let times: Range<Duration>
        let trouble: Trouble
    }

    let time: ManualTime
    let persona: Persona
    var random: SeededGenerator
    var phases: [Phase] = []
    var listsSessions = true
    var hasChat = false
    var token = "token"
    /// Share of runs that take long.
    var slowShare = 0.07
    var sessions: [String: ModelSession] = [:]
    /// How often the agent was given each question.
    private(set) var arrivals: [Int: Int] = [:]
    /// Questions that met one of ours in their session, and which.
    private(set) var overlaps: [(question: Int, met: [Int])] = []
    var onEvent: (String) -> Void = { _ in }

    init(time: ManualTime, persona: Persona, seed: UInt64) {
        (self.time, self.persona, random) = (time, persona, SeededGenerator(seed: seed))
    }

    func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
    func milliseconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(Int.random(in: range, using: &random))
    }

    func has(_ trouble: Trouble) -> Bool {
        phases.contains { $0.trouble == trouble && $0.times.contains(time.now) }
    }

    func session(_ key: String) -> ModelSession {
        if let session = sessions[key] { return session }
        let session = ModelSession(time: time)
        sessions[key] = session
        return session
    }

    // MARK: Other channels

    func foreignMessage(in key: String, number: Int) {
        let session = session(key)
        let text = "Telegram says T\(number)."
        if let current = session.current, case .asked = current.kind, !current.steps.isEmpty, chance(0.5),
            session.rows.last?.contains(#""stopReason":"toolUse""#) == true
        {
            return session.insert(Row.user(text, at: session.now))
        }
        let run = ModelRun(.foreign(number)) { Row.user(text, at: $0) }
        run.length = milliseconds(300...6_000)
        if chance(0.8) { run.lastRow = said("Telegram hears T\(number)0.", id: "t\(number)") }
        session.add(run)
    }

    func said(_ text: String, id: String, stop: String = "stop") -> String {
        let at = session("").now
        return Row.said(text, stop: persona == .early && stop == "stop" ? nil : stop, id: id, at: at)
    }

    // MARK: Questions

    /// Takes a message to the agent.
    func take(_ message: String, in key: String, provenance: Bool = true) -> ModelRun {
        let question = Int(message.drop { $0 != "Q" }.dropFirst().prefix { $0.isNumber }) ?? 0
        arrivals[question, default: 0] += 1
        let session = session(key)
        onEvent("Q\(question) arrives (\(session.questions) running, \(session.promised) promised)")
        if !session.questions.isEmpty || session.promised > 0 {
            overlaps.append((question, session.questions))
            if persona == .announcing, chance(0.5) { session.lose() }
        }
        let run = ModelRun(.asked(question: question)) {
            provenance ? Row.input(message, id: "i\(question)", at: $0) : Row.user(message, at: $0)
        }
        plan(run, question)
        return run
    }

    private func plan(_ run: ModelRun, _ question: Int) {
        var at = milliseconds(100...900)
        for step in 0..<Int.random(in: 0...2, using: &random) {
            run.steps.append(
                (at, said("Wait P\(question).\(step)", id: "p\(question).\(step)", stop: "toolUse")))
            at += milliseconds(300...4_000)
        }
        run.length = chance(slowShare) ? at + .seconds(Int.random(in: 20...90, using: &random)) : at
        let draw = Double.random(in: 0..<1, using: &random)
        if draw < 0.12 {
            run.ending = .silent
        } else if draw < 0.2 {
            run.ending = .failed
            run.lastRow = said("", id: "e\(question)", stop: "error")
        } else {
            run.ending = .answer("The answer is A\(question).")
            run.lastRow = said("The answer is A\(question).", id: "a\(question)")
        }
    }

    /// What the gateway does by itself behind a turn.
    func follow(_ run: ModelRun, in key: String) {
        guard case .asked(let question) = run.kind else { return }
        let session = session(key)
        onEvent("run of Q\(question) ended: \(run.ending)")
        let next: ModelRun
        switch persona {
        case .refusing:
            guard run.ending == .silent else { return }
            let text = "sessions_send delivery to \(key) failed: completed. Retry or report."
            next = ModelRun(.notice(of: question)) { Row.input(text, id: "n\(question)", at: $0) }
            next.lastRow = chance(0.7) ? said("Notice N\(question).", id: "m\(question)") : nil
        case .announcing, .early:
            // Only an answered turn is announced for certain.
            guard run.ending != .failed, run.ending != .silent || chance(0.5) else { return }
            next = ModelRun(.announce(of: question)) { _ in Row.announceStep }
            next.lastRow = chance(0.3) ? said("Announcing N\(question).", id: "m\(question)") : nil
        }
        next.length = milliseconds(500...4_000)
        session.promised += 1
        time.schedule(after: persona == .refusing ? .milliseconds(50) : milliseconds(1_000...2_000)) {
            session.promised -= 1
            session.add(next)
        }
    }

    /// The answer of a call that waited until the run's end.
    func result(of run: ModelRun, in key: String) -> String {
        let announce = #""delivery":{"status":"pending","mode":"announce"}"#
        switch run.ending {
        case .answer(let text): return #"{"status":"ok","reply":"\#(text)",\#(announce)}"#
        case .failed: return #"{"status":"error","error":"All models failed","runId":"r"}"#
        case .silent:
            guard persona == .early, let older = olderAnswer(in: key) else {
                return #"{"status":"ok",\#(announce)}"#
            }
            return #"{"status":"ok","reply":"\#(older)",\#(announce)}"#
        }
    }

    private func olderAnswer(in key: String) -> String? {
        let words = session(key).rows.last { $0.contains("The answer is") || $0.contains("Announcing") }
        return words?.firstMatch(of: /"text":"([^"]*)"/).map { String($0.1) }
    }
}
