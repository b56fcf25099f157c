import Wire

/// A turn as one streamed completion: a turn of the user himself, whose sentences come as they are finished.
extension AgentTurn {
    /// The stream may be silent for as long as the agent works.
    private static let streamSpare = Duration.seconds(5)

    /// Whether ``cancel()`` now ends the agent's run too, and not only the waiting.
    package var cancelsRun: Bool { chat?.isStreaming ?? false }

    func sendAsChat() {
        guard announceSending() else { return }
        let token = link.token
        isSendOpen = true
        sentAt = link.time.now
        chat = link.chat(
            marker.mark(question.text), in: question.sessionKey,
            deadline: max(.zero, timeLeft) + question.lateLimit + Self.streamSpare,
            onSaid: { [weak self] in self?.said($0) },
            onEnd: { [weak self] in self?.chatEnded($0, token: token) })
    }

    private func chatEnded(_ ending: ChatExchange.Ending, token: String?) {
        chat = nil
        isSendOpen = false
        if isOverdue { link.turnLeft(self) }
        switch ending {
        case .answered(let rest): reply(rest ?? "")
        case .agentFailed: finish(.failed(.agentFailed))
        case .broken(let reason):
            link.note("chat stream broke off", reason)
            watch(markerWithin: AgentLink.graceForMarker)
        case .notSent(let failure): notSent(failure)
        case .refused(let response): refused(ToolResponse.error(response), response.status, token)
        }
    }

    private func refused(_ error: GatewayError, _ status: Int, _ token: String?) {
        guard case .giveUp = error.remedy else { return handle(error, token: token) }
        // Nothing ran: the endpoint is off by now, or does not take this session.
        link.chatRefused(status)
        sentAt = nil
        ask()
    }

    // MARK: what was said

    private func said(_ text: String) {
        saidKeys.insert(Self.key(text))
        onUpdate(.said(text))
    }

    /// The sentences of a text that the caller has not heard; nil when there are none.
    func unsaid(_ text: String) -> String? {
        guard !saidKeys.isEmpty else { return text }
        var splitter = SentenceSplitter()
        let sentences = splitter.take(text) + [splitter.end()]
        let rest = sentences.filter { !saidKeys.contains(Self.key($0)) }.joined()
        return Self.key(rest).isEmpty ? nil : ControlTokens.strip(rest)
    }

    /// What a sentence sounds like: the history may have other blanks and markup.
    private static func key(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
