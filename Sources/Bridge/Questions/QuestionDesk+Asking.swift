import Agent
import ClawdTalkAPI
import Logging
import Ports

/// Asking the agent, and what comes back.
extension QuestionDesk {
    /// A question whose approval took long still gets this much of its time.
    private static let leastTime = Duration.seconds(10)
    /// Late replies that are looked for at once: each look costs the gateway time that the next question needs.
    private static let mostOverdue = 8

    func ask(_ entry: OpenQuestion) {
        let origin = AgentQuestion.Origin.call(entry.question.callID)
        let occupation = lanes.occupation(for: origin)
        let (limit, spent) = (settings.conversation.replyTimeLimit, time.now - entry.receivedAt)
        let text = settings.voice.message(
            for: entry.question.text, isApproved: entry.isApproved,
            isOutbound: entry.question.callID.map(isOutbound) ?? false)
        var question = AgentQuestion(
            origin, text: text, timeLimit: max(limit - spent, min(limit, Self.leastTime)))
        if entry.question.callID != nil { question.lateLimit = Self.lateLimit }
        entry.stage = .agent(
            lanes.ask(question) { [weak self, weak entry] update in
                if let entry { self?.handle(update, for: entry) }
            })
        switch occupation {
        case .free, .settling: entry.pacer.start()
        case .finishing:
            entry.pacer.fillers = phrases.queueFillers
            entry.pacer.speak(phrases.waitingBehindEarlier)
        case .taken:
            entry.pacer.fillers = phrases.queueFillers
            entry.pacer.speak(phrases.waitingBehindOther)
        }
    }

    private func handle(_ update: TurnUpdate, for entry: OpenQuestion) {
        // Cancelling tells its end, too.
        guard open[entry.number] != nil else { return }
        switch update {
        case .sending:
            // After an outage "still working" is only true once the agent has said something.
            if entry.pacer.fillers != phrases.tryingFillers { entry.pacer.fillers = phrases.fillers }
        case .gatewayUnavailable:
            onGatewayUnavailable()
            entry.pacer.fillers = phrases.tryingFillers
            entry.pacer.speak(phrases.gatewayUnavailable)
        case .progress(let text):
            entry.pacer.fillers = phrases.fillers
            let speech = SpeechText.make(from: text)
            if settings.conversation.speaksAgentTexts, !speech.isEmpty { entry.pacer.speak(speech) }
        case .said(let text): said(entry, SpeechText.make(from: text))
        case .overdue: overdue(entry)
        case .finished(let outcome): ended(entry, outcome)
        }
    }

    private func overdue(_ entry: OpenQuestion) {
        let failure = TurnOutcome.failed(.timedOut)
        tell(entry, phrases.sentence(for: failure), isAnswer: false, outcome: failure)
        entry.isOverdue = true
        let late = open.values.filter(\.isOverdue).sorted { $0.number < $1.number }
        for entry in late.dropLast(Self.mostOverdue) { drop(entry) }
    }

    /// A sentence of the answer: unlike what is said on the way it must arrive.
    private func said(_ entry: OpenQuestion, _ speech: String) {
        guard !speech.isEmpty else { return }
        entry.pacer.fillers = phrases.fillers
        if entry.isOverdue || !say(speech, .part, for: entry) { return entry.unsaid.append(speech) }
        entry.pacer.heard(speech)
    }

    private func ended(_ entry: OpenQuestion, _ outcome: TurnOutcome) {
        // The turn is over: there is nothing left to cancel.
        entry.stage = .none
        var parts = entry.unsaid
        if case .reply(let text) = outcome { parts.append(SpeechText.make(from: text)) }
        let speech = parts.filter { !$0.isEmpty }.joined(separator: " ")
        if case .failed = outcome, !speech.isEmpty {
            // A part is not the whole, and whoever hears it must know.
            return answer(entry, speech + " " + phrases.sentence(for: outcome), isWhole: false)
        }
        if !speech.isEmpty { return answer(entry, SpeechText.limited(speech)) }
        if entry.isOverdue { return drop(entry) }
        finish(
            entry, phrases.sentence(for: outcome), isAnswer: outcome == .saidInFull, outcome: outcome)
    }

    private func answer(_ entry: OpenQuestion, _ speech: String, isWhole: Bool = true) {
        guard entry.isOverdue, let callID = entry.question.callID else {
            return finish(entry, speech, isAnswer: isWhole)
        }
        log.info("late answer", metadata: entry.question.metadata)
        let text = phrases.lateAnswer(speech)
        // "No answer yet" is not true any more.
        keep(text, isAnswer: true, for: entry.asked)
        onUtterance(
            Utterance(
                message: .response(callID: callID, text: text), text: text, kind: .late,
                question: entry.question, number: entry.number))
        drop(entry)
    }
}
