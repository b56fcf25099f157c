import Agent
import Foundation
import Ports
import TestSupport
import Wire

@testable import OpenClaw

/// A gateway of some mood around one form: it answers what the form asks for, in any order and after any time, and breaks by a
/// seed's will. What the form tells is kept.
struct FormWorld {
    enum Kind: CaseIterable { case waited, unwaited, report, chat, earlier }

    /// Something that comes to the form.
    private enum Coming {
        case timeIsUp, cancelled
        case sendEnded, looked(includesTools: Bool, limit: Int), session, bytes(String), streamEnded
        case woke(alarm: Int)
    }

    private var generator: SeededGenerator
    private var form: any Form
    private var coming: [(at: Duration, what: Coming)] = []
    private var now = Duration.zero
    private var alarm = 0
    /// What the agent does with the question.
    private let isAsked: Bool
    private let isSilent: Bool
    private let fails: Bool
    private let runTime: Duration
    private let announces: Bool
    private let takesOlderReplies: Bool
    private let seesForeign: Bool
    private var sentAt: Duration?
    private var isStreamOpen = false

    // What the form did and told.
    private(set) var sends = 0
    private var looks = 0
    private(set) var progress: [String] = []
    private(set) var outcomes: [AskingEvent] = []
    private(set) var releases = 0
    private(set) var afterEnd = 0
    private(set) var steps = 0
    private(set) var story: [String] = []

    static let marker = Marker(7)
    private static let deadline = Duration.seconds(110)
    /// From then on nothing breaks any more.
    private static let calm = Duration.seconds(400)

    init(_ kind: Kind, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3 { _ = generator.next() }
        func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
        takesOlderReplies = kind == .waited && chance(0.3)
        isAsked = kind != .earlier || chance(0.6)
        (isSilent, fails, announces) = (chance(0.2), chance(0.15), kind != .chat && chance(0.5))
        seesForeign = chance(0.4)
        runTime = .milliseconds(Int.random(in: 50...(chance(0.2) ? 200_000 : 8_000), using: &generator))
        let canLook = takesOlderReplies || chance(0.95)
        form =
            switch kind {
            case .waited:
                WaitedSend(
                    Self.marker, deadline: Self.deadline, trustsReplies: !takesOlderReplies && chance(0.5),
                    canLook: canLook)
            case .unwaited:
                UnwaitedSend(Self.marker, wantsReply: true, mayOverlap: chance(0.5), canLook: canLook)
            case .report: UnwaitedSend(Self.marker, wantsReply: false, mayOverlap: false, canLook: canLook)
            case .chat: ChatStream(Self.marker, canLook: canLook)
            case .earlier: EarlierRun(Self.marker, since: 1_000, wantsReply: true, canLook: canLook)
            }
        if kind == .earlier { sentAt = .seconds(-5) }
        coming.append((Self.deadline, .timeIsUp))
        // A turn gives up in the end.
        coming.append((Self.deadline + .seconds(900), .cancelled))
        if chance(0.3) {
            coming.append((.milliseconds(Int.random(in: 0...130_000, using: &generator)), .cancelled))
        }
        self.generator = generator
    }

    /// Plays until nothing is to come.
    mutating func play() {
        handle(.begin)
        while let index = coming.indices.min(by: { coming[$0].at < coming[$1].at }), steps < 20_000 {
            let next = coming.remove(at: index)
            now = max(now, next.at)
            steps += 1
            come(next.what)
        }
    }

    private var isEnded: Bool { !outcomes.isEmpty && releases > 0 || outcomes.contains(where: \.isLast) }

    private mutating func come(_ what: Coming) {
        switch what {
        case .timeIsUp: if outcomes.isEmpty { handle(.timeIsUp) }
        case .cancelled: if outcomes.isEmpty { wasCancelled = true; handle(.cancelled) }
        case .woke(let number): if number == alarm { handle(.woke) }
        case .sendEnded: handle(.sendEnded(sendEnding()))
        case .looked(let includesTools, let limit): handle(.looked(look(includesTools, limit)))
        case .session: handle(.sessionState(sessionState()))
        case .bytes(let text): if isStreamOpen { handle(.stream(.bytes(Array(text.utf8)))) }
        case .streamEnded: if isStreamOpen { endStream() }
        }
    }

    private(set) var wasCancelled = false

    private mutating func handle(_ stimulus: FormStimulus) {
        let actions = form.handle(stimulus, now: now)
        story.append("\(now) \(Self.name(stimulus)) -> \(actions)")
        for action in actions { perform(action) }
    }

    private static func name(_ stimulus: FormStimulus) -> String { "\(stimulus)".prefix(120).description }

    private mutating func perform(_ action: FormAction) {
        switch action {
        case .send(let seconds):
            sends += 1
            sentAt = now
            let ends =
                seconds == 0 ? .milliseconds(300) : min(runTime, .seconds(seconds)) + .milliseconds(400)
            coming.append((now + ends, .sendEnded))
        case .openStream: openStream()
        case .closeStream: isStreamOpen = false
        case .look(let limit, let includesTools):
            coming.append((now + delay(), .looked(includesTools: includesTools, limit: limit)))
        case .lookAtSession: coming.append((now + delay(), .session))
        case .wake(let time):
            alarm += 1
            coming.append((max(time, now), .woke(alarm: alarm)))
        case .tell(let event): told(event)
        case .learn: break
        case .askInAnotherForm: outcomes.append(.notAsked(.refused, retryAfter: nil))
        }
    }

    private mutating func told(_ event: AskingEvent) {
        if isEnded { afterEnd += 1 }
        switch event {
        case .sent, .overdue, .startsAgain: break
        case .progress(let text), .said(let text): progress.append(text)
        case .outcome, .notAsked, .wasNotAsked: outcomes.append(event)
        case .released: releases += 1
        }
    }

    // MARK: The gateway

    private mutating func chance(_ share: Double) -> Bool {
        Double.random(in: 0..<1, using: &generator) < share
    }

    private mutating func delay() -> Duration {
        let hangs = now < Self.calm && (!takesOlderReplies || looks > 0) && chance(0.05)
        looks += 1
        return .milliseconds(hangs ? 15_000 : Int.random(in: 20...300, using: &generator))
    }

    private var breaks: Bool { now < Self.calm }

    /// The run's end; nil where there is no run.
    private var end: Duration? { isAsked ? sentAt.map { $0 + runTime } : nil }

    private mutating func sendEnding() -> SendEnding {
        let hints = SendHints(announces: announces, comparesBaseline: false)
        let dice = Int.random(in: 0..<20, using: &generator)
        // A gateway that takes older replies shows its history, or nobody could know.
        switch takesOlderReplies ? 20 : dice {
        case 0: return .brokeOff
        case 1: return .refused(.failed(status: 500))
        case 2: return .refused(.unreadable)
        case 3: return .answered(.running, hints)
        case 4: return .answered(.runFailed, hints)
        case 5: return .answered(.uncertain, hints)
        case 6: return .answered(.reply("own question read back \(Self.marker.text)"), hints)
        case 7: return .answered(.reply("Agent-to-agent announce step."), hints)
        default: break
        }
        guard let end, now >= end else { return .answered(.running, hints) }
        if fails { return .answered(.runFailed, hints) }
        if isSilent {
            return .answered(takesOlderReplies ? .reply("foreign, older") : .endedWithoutText, hints)
        }
        return .answered(.reply("own answer"), hints)
    }

    private mutating func look(_ includesTools: Bool, _ limit: Int) -> HistoryLook {
        let isBroken = breaks && !takesOlderReplies
        if isBroken, chance(0.1) { return .away(retryAfterSeconds: nil) }
        if isBroken, chance(0.1) { return .nothing(retryAfterSeconds: nil) }
        if isBroken, chance(0.02) { return .refused }
        let json = #"{"messages":[\#(rows().joined(separator: ","))]}"#
        let history = try? JSONDecoder().decode(SessionHistory.self, from: Data(json.utf8))
        return history.map { .rows($0) } ?? .nothing(retryAfterSeconds: nil)
    }

    private func rows() -> [String] {
        var rows = [Row.user("foreign question"), Row.said("foreign, older", id: "f0", at: 1)]
        guard let sentAt, let end, now >= sentAt else { return rows }
        rows.append(Row.input("What? \(Self.marker.text)", at: Self.milliseconds(sentAt)))
        if now >= sentAt + runTime / 3 {
            rows.append(Row.said("own way", stop: "toolUse", id: "o1"))
            if seesForeign, !isSilent {
                rows.append(
                    Row.user("foreign, taken in", at: Self.milliseconds(sentAt + runTime / 3) + 5_000))
            }
        }
        guard now >= end else { return rows }
        if fails { rows.append(Row.said("", stop: "error", id: "o2")) }
        if !fails, !isSilent { rows.append(Row.said("own answer", id: "o3")) }
        if announces, now >= end + .seconds(2) {
            rows += [Row.announceStep, Row.said("foreign, announced", id: "n1")]
        }
        if seesForeign, now >= end + .seconds(8) {
            rows += [
                Row.user("foreign next", at: Self.milliseconds(end + .seconds(8))),
                Row.said("foreign next answer", id: "f9"),
            ]
        }
        return rows
    }

    private mutating func sessionState() -> SessionState? {
        if chance(0.2) { return nil }
        guard let end, let sentAt else { return SessionState(isRunning: false, startedAt: 1, endedAt: 1) }
        let start = Self.milliseconds(sentAt)
        if now < end { return SessionState(isRunning: true, startedAt: start) }
        if seesForeign, now >= end + .seconds(8) {
            return SessionState(
                isRunning: false, startedAt: Self.milliseconds(end + .seconds(8)),
                endedAt: Self.milliseconds(end + .seconds(8)))
        }
        let ours = SessionState(isRunning: false, startedAt: start, endedAt: Self.milliseconds(end))
        guard announces, now >= end + .seconds(2) else { return ours }
        let isAnnouncing = now < end + .seconds(4)
        return SessionState(
            isRunning: isAnnouncing, startedAt: Self.milliseconds(end + .seconds(2)),
            endedAt: isAnnouncing ? nil : Self.milliseconds(end + .seconds(4)))
    }

    private static func milliseconds(_ time: Duration) -> Double {
        Double(time.components.seconds) * 1000 + 1_000_000
    }

    // MARK: The stream

    private mutating func openStream() {
        sends += 1
        (sentAt, isStreamOpen) = (now, true)
        let end = now + runTime
        coming.append((now + .milliseconds(20), .bytes(Self.chunk("own "))))
        guard !chance(0.1) else { return coming.append((now + runTime / 2, .streamEnded)) }
        if !isSilent, !fails { coming.append((end, .bytes(Self.chunk("answer. own second")))) }
        if chance(0.8) { coming.append((end + .milliseconds(5), .bytes(Self.chunk("", isLast: true)))) }
        if chance(0.8) { coming.append((end + .milliseconds(9), .bytes("data: [DONE]\n\n"))) }
        coming.append((end + .seconds(chance(0.5) ? 1 : 500), .streamEnded))
    }

    private static func chunk(_ text: String, isLast: Bool = false) -> String {
        #"data: {"choices":[{"delta":{"content":"\#(text)"}\#(isLast ? #","finish_reason":"stop""# : "")}]}"#
            + "\n\n"
    }

    private mutating func endStream() {
        isStreamOpen = false
        let response = HTTPResponse(head: HTTPResponseHead(status: 200), body: [])
        let failure = HTTPPortFailure(reason: "cut", mayHaveArrived: true)
        handle(.stream(.ended(chance(0.5) ? .success(response) : .failure(failure), isStream: true)))
    }
}

extension AskingEvent {
    /// Whether nothing comes behind it, a release included.
    fileprivate var isLast: Bool {
        switch self {
        case .notAsked, .wasNotAsked: true
        default: false
        }
    }
}
