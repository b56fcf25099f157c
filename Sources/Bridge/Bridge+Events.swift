import Agent
import ClawdTalkAPI
import Logging
import Ports

/// What the service tells.
extension Bridge {
    func handle(_ event: ServerEvent) {
        if let callID = event.callID, calls.hasEnded(callID, now: ports.time.now) {
            return handleLate(event, callID)
        }
        switch event {
        case .contextRequest(let callID): contextRequested(callID)
        case .callStarted(let callID, let isOutbound):
            log.info("call started", metadata: ["call": "\(callID.prefix(80))"])
            heard(callID)
            if isOutbound { calls.markOutbound(callID) }
            greet(callID)
        case .deepToolRequest(let request):
            if let callID = request.callID { heard(callID) }
            desk.accept(
                Question(
                    channel: .tool(requestID: request.requestID), callID: request.callID, text: request.query)
            )
        case .utterance(let callID, let text):
            heard(callID)
            joiner.add(text, to: callID)
        case .walkieRequest(let requestID, let transcript):
            desk.accept(Question(channel: .walkie(requestID: requestID), callID: nil, text: transcript))
        case .approvalResponded(let id, let decision):
            desk.approvalResponded(id: id, decision: decision)
            texts?.approvalResponded(id: id, decision: decision)
        case .callEnded(let outcome): ended(outcome)
        case .textReceived(let text): texts?.accept(text)
        case .other(let name): log.info("ignored an event", metadata: ["event": "\(name.prefix(60))"])
        case .authenticated, .authenticationFailed: break
        }
    }

    /// What comes for a call after its end revives nothing. A request gets an honest result all the same, because the
    /// service may wait for it.
    private func handleLate(_ event: ServerEvent, _ callID: String) {
        switch event {
        case .deepToolRequest(let request):
            desk.refuse(
                Question(channel: .tool(requestID: request.requestID), callID: callID, text: request.query),
                phrases.callHasEnded)
        // It may be told again because the process before this one did not keep it.
        case .callEnded(let outcome): reports?.accept(outcome)
        default:
            log.notice("ignored an event of a call that ended", metadata: ["call": "\(callID.prefix(80))"])
        }
    }

    private func contextRequested(_ callID: String) {
        heard(callID)
        let voice = settings.voice
        say(
            .contextResponse(callID: callID, memory: voice.memory, systemPrompt: voice.systemPrompt),
            in: callID)
        greet(callID)
    }

    private func greet(_ callID: String) {
        guard calls.shouldGreet(callID) else { return }
        let greeting = settings.greeting ?? phrases.greeting(name: settings.ownerName)
        ports.journal?.greeted(callID)
        ports.recorder?.record(.greeted(text: greeting), of: callID)
        say(.response(callID: callID, text: greeting), in: callID)
    }

    /// Something came for this call: it lives.
    private func heard(_ callID: String) {
        if calls.heard(callID, now: ports.time.now) { ports.recorder?.record(.started, of: callID) }
    }

    private func ended(_ outcome: CallOutcome) {
        let callID = outcome.callID
        log.info("call ended", metadata: ["call": "\(callID.prefix(80))"])
        calls.ended(callID, at: ports.time.now)
        joiner.callEnded(callID)
        desk.callEnded(callID)
        dropCall(callID)
        ports.journal?.ended(callID)
        ports.recorder?.record(.ended(outcome), of: callID)
        reports?.accept(outcome)
    }
}

extension ServerEvent {
    /// The call that it belongs to, if any.
    fileprivate var callID: String? {
        switch self {
        case .contextRequest(let callID), .callStarted(let callID, _), .utterance(let callID, _): callID
        case .deepToolRequest(let request): request.callID
        case .callEnded(let outcome): outcome.callID
        case .authenticated, .authenticationFailed, .textReceived, .approvalResponded, .walkieRequest, .other:
            nil
        }
    }
}
