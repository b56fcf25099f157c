import ClawdTalkAPI
import Logging
import Ports

/// From an answer to an owner who has it: in a call of theirs, as a text message, or by a call to them.
extension HangupDesk {
    // MARK: In a call

    func tell(_ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp, in callID: String) {
        save(entry, as: .telling(answer, at: at)) { [weak self] telling in
            guard let self else { return }
            if call == callID, say(answer.spoken, telling, callID) {
                return done(telling, "an answer was told in a later call")
            }
            untold(telling, answer, at)
        }
    }

    // MARK: As a text message

    func send(_ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp) {
        guard let number = ports.settings.ownerNumber else { return }
        busy.insert(entry.number)
        texts.send(answer.written, to: number, as: entry.textID) { [weak self] isKept in
            guard let self, isRunning else { return }
            guard isKept else { return tryLater(entry.number) }
            var texting = entry
            texting.state = .texting(answer, at: at)
            // Its end may have come before.
            ledger.put(texting)
            textLeft(texting, answer, at)
        }
    }

    /// The text of an entry is with ``TextDesk``, or was.
    func textLeft(_ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp) {
        switch texts.fate(of: entry.textID) {
        case .waiting: busy.insert(entry.number)
        case .sent: done(entry, "an answer was sent as a text message")
        case .givenUp: tellInstead(entry, answer, at)
        // It never got there.
        case .unknown: untold(entry, answer, at)
        }
    }

    func textEnded(_ id: String, wasSent: Bool) {
        guard isRunning, let entry = ledger.open.values.first(where: { $0.textID == id }),
            case .texting(let answer, let at) = entry.state
        else { return }
        wasSent ? done(entry, "an answer was sent as a text message") : tellInstead(entry, answer, at)
    }

    // MARK: By a call

    func callBack(_ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp) {
        guard let number = ports.settings.ownerNumber else { return }
        save(entry, as: .calling) { [weak self] calling in
            let call = NewCall(to: number, greeting: answer.spoken)
            self?.requests.startCall(call) { [weak self] result in
                guard let self, isRunning else { return }
                switch result {
                case .success(let started) where !started.hasFailed:
                    done(calling, "the owner was called with an answer")
                case .success: notCalled(calling, answer, at, after: .zero)
                case .failure(let failure): callFailed(calling, answer, at, failure)
                }
            }
        }
    }

    private func callFailed(
        _ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp, _ failure: RESTFailure
    ) {
        log.notice("the owner was not called", metadata: entry.metadata(failure: "\(failure.summary)"))
        switch failure {
        case .refused(let refusal) where [400, 402, 403, 404, 422].contains(refusal.status):
            tellInstead(entry, answer, at)
        // What a service that asks to wait did not take up did not happen.
        case .refused(let refusal) where refusal.status == 503:
            notCalled(entry, answer, at, after: failure.pause)
        case _ where failure.mayHaveHappened:
            log.warning(
                "it is not known whether the owner was called with an answer", metadata: entry.metadata())
            done(entry, "an answer is not repeated")
        default: notCalled(entry, answer, at, after: failure.pause)
        }
    }

    private func notCalled(
        _ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp, after pause: Duration
    ) {
        var entry = entry
        entry.state = .answered(answer, at: at)
        ledger.put(entry)
        tryLater(entry.number, notBefore: pause)
    }

    // MARK: Steps

    /// Saves a step, and takes it when it is saved.
    private func save(
        _ entry: HangupEntry, as state: HangupEntry.State, then step: @escaping (HangupEntry) -> Void
    ) {
        var next = entry
        next.state = state
        busy.insert(entry.number)
        ledger.put(next) { [weak self, next] isSaved in
            guard let self, isRunning else { return }
            if isSaved { return step(next) }
            ledger.put(entry)
            tryLater(entry.number)
        }
    }

    /// It was certainly not told.
    private func untold(_ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp) {
        var entry = entry
        entry.state = .answered(answer, at: at)
        ledger.put(entry)
        tryLater(entry.number)
    }

    /// The service refuses for good what was chosen: the owner's next call has it, where that still comes in time.
    private func tellInstead(_ entry: HangupEntry, _ answer: HangupAnswer, _ at: Timestamp) {
        log.warning("an answer could not be sent; it is kept for the next call", metadata: entry.metadata())
        var entry = entry
        entry.way = .finish
        entry.state = .answered(answer, at: at)
        advance(entry)
    }
}

extension ServiceRequests {
    /// shared/spec/rest-api.md 30
    func startCall(_ call: NewCall, completion: @escaping (Result<StartedCall, RESTFailure>) -> Void) {
        send(rest.request("POST", ["calls"], body: call.body), as: StartedCall.self) { completion($0) }
    }
}
