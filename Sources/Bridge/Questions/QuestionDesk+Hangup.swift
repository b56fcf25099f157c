import Agent
import ClawdTalkAPI
import Logging
import Ports

/// Questions that outlive their call, and what the owner says about how to get the answer.
extension QuestionDesk {
    // MARK: The end of a call

    /// Whether the agent's work for a question goes on after its call, and its answer reaches the owner in another way.
    func outlivesCall(_ entry: OpenQuestion) -> Bool {
        guard let hangups, case .agent(let turn) = entry.stage else { return false }
        if entry.kept == nil {
            guard hangups.way != .cancel, hangups.hasRoom else { return false }
            entry.kept = hangups.keep(
                entry.question, message: entry.message, receipt: turn.request.receipt, way: hangups.way,
                age: time.now - entry.receivedAt)
        }
        moveAside(entry)
        return true
    }

    func handleUnheard(_ update: TurnUpdate, of entry: OpenQuestion) {
        switch update {
        case .said(let text): entry.parts.append(text)
        case .gatewayUnavailable: onGatewayUnavailable()
        case .sending, .progress, .overdue: break
        case .finished(let outcome):
            unheard[entry.number] = nil
            entry.stage = .none
            if let kept = entry.kept { hangups?.finished(kept, outcome, parts: entry.parts) }
            onUnheardEnded()
        }
    }

    /// Whether the end of this process would end work of the agent's that nobody hears: another form's is found again.
    var hasRunToLose: Bool {
        unheard.values.contains { if case .agent(let turn) = $0.stage { turn.cancelEndsRun } else { false } }
    }

    // MARK: Wishes

    /// Whether what is said in a call is about the answer that is being waited for.
    func isSpokenWish(_ text: String, in callID: String) -> Bool {
        wish(in: Question(channel: .speech(callID: callID), callID: callID, text: text))?.isAlone ?? false
    }

    /// "Text me the answer", said into the call while its question is being answered: it is no question of its own.
    func takesSpokenWish(_ question: Question) -> Bool {
        guard case .speech = question.channel, let wish = wish(in: question), wish.isAlone else {
            return false
        }
        let others = waiting(in: question)
        guard let first = others.first else { return false }
        take(wish.way, for: others) { [weak first] in first?.pacer.speak($0) }
        return true
    }

    /// Whether a question says how to get the answer: to an earlier question, and then this one is over; or to itself.
    func takesWish(_ entry: OpenQuestion) -> Bool {
        guard let wish = wish(in: entry.question) else { return false }
        let others = waiting(in: entry.question).filter { $0 !== entry }
        guard wish.isAlone else {
            guard hangups?.hasNumber == true else {
                entry.pacer.speak(phrases.noOwnerNumber)
                return false
            }
            entry.wish = wish.way
            return false
        }
        guard !others.isEmpty else { return false }
        let hasNumber = hangups?.hasNumber == true
        take(wish.way, for: others) { [weak self] in self?.finish(entry, $0, isAnswer: hasNumber) }
        return true
    }

    /// Only the owner has a wish: in a call that the agent made, anybody may be on the line.
    private func wish(in question: Question) -> SpokenWishes.Wish? {
        guard let hangups, hangups.hasRoom, let callID = question.callID, !isOutbound(callID) else {
            return nil
        }
        return wishes.wish(in: question.text)
    }

    private func waiting(in question: Question) -> [OpenQuestion] {
        guard let callID = question.callID else { return [] }
        return entries(in: callID).filter { if case .none = $0.stage { false } else { true } }
    }

    private func take(_ way: AfterHangup, for entries: [OpenQuestion], confirm: @escaping (String) -> Void) {
        guard hangups?.hasNumber == true else { return confirm(phrases.noOwnerNumber) }
        log.info("the caller wants the answer sent", metadata: ["way": "\(way.rawValue)"])
        let sentence = way == .text ? phrases.willText : phrases.willCallBack
        var waitingFor = entries.count
        for entry in entries {
            entry.wish = way
            keepWish(of: entry) {
                waitingFor -= 1
                if waitingFor == 0 { confirm(sentence) }
            }
        }
    }

    /// What the owner is promised is written down first. A question that the agent is not to be asked yet is kept when it is.
    private func keepWish(of entry: OpenQuestion, then completion: @escaping () -> Void) {
        guard let hangups, let way = entry.wish, case .agent(let turn) = entry.stage else {
            return completion()
        }
        if let kept = entry.kept { return hangups.change(kept, to: way, then: completion) }
        entry.kept = hangups.keep(
            entry.question, message: entry.message, receipt: turn.request.receipt, way: way,
            age: time.now - entry.receivedAt, then: completion)
    }

    /// A question that said how to get its own answer is with the agent now.
    func keepWish(of entry: OpenQuestion) {
        guard let way = entry.wish, entry.kept == nil else { return }
        let sentence = way == .text ? phrases.willText : phrases.willCallBack
        keepWish(of: entry) { [weak entry] in entry?.pacer.speak(sentence) }
    }
}
