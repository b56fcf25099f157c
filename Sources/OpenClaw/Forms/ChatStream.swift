import Agent
import Ports
import Wire

/// A streamed chat completion (shared/spec/gateway.md section 0): a turn of the user himself, whose sentences come as they are
/// finished. Closing the stream ends the agent's run.
struct ChatStream: Form {
    private enum Stream: Equatable {
        case open
        /// The run said that it is over; the stream's own end follows, or does not.
        case finishing(since: Duration)
        /// It has ended by itself: there is nothing to close.
        case ended
        /// Nothing more comes of it.
        case over
    }

    private var run: SentRun
    private var events = ServerSentEvents()
    private var reply = ChatReply()
    private var stream = Stream.open
    /// When the text counts as pausing.
    private var quietAt: Duration?

    /// A sentence is held back until the next one begins, or for this long.
    private static let quietTime = Duration.milliseconds(700)
    /// How long the end of a stream may take after the run's.
    private static let endLimit = Duration.seconds(1)

    init(_ marker: Marker, canLook: Bool) { run = SentRun(marker, canLook: canLook) }

    mutating func handle(_ stimulus: FormStimulus, now: Duration) -> [FormAction] {
        var actions: [FormAction] = []
        switch stimulus {
        case .begin:
            run.begin(now: now, firstLook: nil)
            actions = [.tell(.sent), .openStream]
        case .stream(.bytes(let bytes)): actions = take(bytes, now)
        case .stream(.ended(let result, let isStream)): actions = ended(result, isStream: isStream, now)
        case .looked(let look): actions = looked(look, now)
        case .woke: actions = woke(now)
        case .timeIsUp: actions = timeIsUp(now)
        case .cancelled: actions = cancelled(now)
        case .sessionState(let state): actions = run.took(state, now: now)
        case .sendEnded: break
        }
        let finishAt: Duration? =
            if case .finishing(let since) = stream { since + Self.endLimit } else { nil }
        return actions.compactMap(unsaid) + run.goOn(now: now, quietAt, finishAt)
    }

    // MARK: The stream

    private mutating func take(_ bytes: [UInt8], _ now: Duration) -> [FormAction] {
        guard stream != .over else { return [] }
        guard let data = try? events.take(bytes) else { return broken("the stream has no end of line", now) }
        var actions: [FormAction] = []
        for data in data where stream != .over {
            guard let chunk = try? ChatChunk(data) else {
                return actions + broken("the stream is none of chat completions", now)
            }
            actions += take(chunk, now)
        }
        return actions
    }

    private mutating func take(_ chunk: ChatChunk, _ now: Duration) -> [FormAction] {
        switch chunk {
        case .delta(RunFailureText.internalError, isLast: true), .failed:
            return over(.failed(.agentFailed), now)
        case .delta(let piece, let isLast):
            var actions: [FormAction] = []
            if !piece.isEmpty {
                actions = say(reply.take(piece, now: now))
                quietAt = now + Self.quietTime
            }
            // The last sentence is for the result: it is held back from now on.
            if isLast, stream == .open { (stream, quietAt) = (.finishing(since: now), nil) }
            return actions
        case .done: return finish(now)
        }
    }

    private func say(_ sentences: [String]) -> [FormAction] {
        run.hasOutcome ? [] : sentences.map { .tell(.said($0)) }
    }

    private mutating func woke(_ now: Duration) -> [FormAction] {
        if case .finishing(let since) = stream, now - since >= Self.endLimit { return finish(now) }
        guard let due = quietAt, due <= now else { return [] }
        quietAt = nil
        return say(reply.quiet())
    }

    private mutating func finish(_ now: Duration) -> [FormAction] {
        let (sentences, ending) = reply.end()
        switch ending {
        case .failed: return over(.failed(.agentFailed), now)
        case .answered(let rest):
            let outcome = rest.map { TurnOutcome.reply($0) } ?? (reply.hasSaid ? .saidInFull : .noReply)
            return say(sentences) + over(outcome, now)
        }
    }

    /// No announce run follows a turn of the user's own.
    private mutating func over(_ outcome: TurnOutcome, _ now: Duration) -> [FormAction] {
        let close = closing()
        run.ended(now: now)
        return close + run.tell(outcome, now: now) + run.release()
    }

    private mutating func broken(_ reason: String, _ now: Duration) -> [FormAction] {
        closing() + run.isUnclear("chat stream broke off: \(reason)", now: now)
    }

    private mutating func ended(
        _ result: Result<HTTPResponse, HTTPPortFailure>, isStream: Bool, _ now: Duration
    ) -> [FormAction] {
        guard stream != .over else { return [] }
        if case .finishing = stream {
            stream = .ended
            return finish(now)
        }
        stream = .ended
        switch result {
        case .failure(let failure) where !failure.mayHaveArrived:
            return run.wasNotAsked(failure.hasTooManyOpenFiles ? .tooManyOpenFiles : .unreachable)
        case .failure(let failure): return broken(failure.reason, now)
        case .success(let response) where response.status != 200:
            return refused(ToolResponse.error(response), response.status, now)
        // A gateway may end its stream without a last word.
        case .success where isStream && reply.pieceCount > 0: return finish(now)
        case .success where isStream: return broken("it ended before it began", now)
        case .success(let response): return whole(response, now)
        }
    }

    /// - Returns: what closes the stream, unless it has ended.
    private mutating func closing() -> [FormAction] {
        defer { (stream, quietAt) = (.over, nil) }
        switch stream {
        case .open, .finishing: return [.closeStream]
        case .ended, .over: return []
        }
    }

    /// The answer as one object, in place of a stream.
    private mutating func whole(_ response: HTTPResponse, _ now: Duration) -> [FormAction] {
        guard let text = ChatCompletion.text(of: response) else {
            return broken("the answer is no stream", now)
        }
        let sentences = reply.take(text, now: now)
        return say(sentences) + finish(now)
    }

    private mutating func refused(_ error: GatewayError, _ status: Int, _ now: Duration) -> [FormAction] {
        guard case .giveUp = error.remedy else { return run.refused(error, now: now) }
        guard !run.hasOutcome else { return run.release() }
        // Nothing ran: the endpoint is off by now, or does not take this session.
        return [.learn(.chatIsOff(status: status)), .askInAnotherForm]
    }

    // MARK: The history, after a stream that broke off

    private mutating func looked(_ look: HistoryLook, _ now: Duration) -> [FormAction] {
        let (actions, finding) = run.took(look, now: now)
        guard run.canLook else { return actions + run.giveUp(.uncertain, now: now) }
        return actions + (finding.map { run.conclude($0, now: now) } ?? [])
    }

    /// What was heard already is not told again.
    private func unsaid(_ action: FormAction) -> FormAction? {
        switch action {
        case .tell(.outcome(.reply(let text))):
            .tell(.outcome(reply.unsaid(text).map { .reply($0) } ?? .saidInFull))
        case .tell(.progress(let text)): reply.unsaid(text).map { .tell(.progress($0)) }
        default: action
        }
    }

    // MARK: The end of the waiting

    /// Others need not wait for a stream that goes on: their turns queue up at the gateway.
    private mutating func timeIsUp(_ now: Duration) -> [FormAction] {
        guard stream != .over else { return run.timeIsUp(now: now) }
        return [.tell(.overdue)] + run.release()
    }

    private mutating func cancelled(_ now: Duration) -> [FormAction] {
        run.cancelled(now: now)
        guard stream != .over else { return [] }
        run.stopped(now: now)
        return closing()
    }
}
