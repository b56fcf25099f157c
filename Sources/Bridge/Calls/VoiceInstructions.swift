package import ClawdTalkAPI
import Wire

/// What the service's voice is told about itself, and how a question is put to the agent.
package struct VoiceInstructions: Equatable, Sendable {
    private let ownerName: String?
    private let agentName: String?
    /// An ISO 639 code.
    private let language: String

    package init(ownerName: String?, agentName: String?, language: String = "en") {
        (self.ownerName, self.agentName, self.language) = (ownerName, agentName, language)
    }

    package var systemPrompt: String {
        let who = agentName.map { "You are \($0), " } ?? "You are "
        let whose = ownerName.map { "\($0)'s personal assistant" } ?? "a personal assistant"
        return """
            \(who)\(whose), on the phone. The person may be driving.
            Speak in short, natural sentences. No lists, headings, markup, links or emoji.
            For anything that needs knowledge of the person, their things or an action, ask the agent with the tool; \
            do not make up an answer.
            Say what you are doing before you do it, and pass on what the agent reports while it works.
            Give the agent's answer as it is. If something failed or is not known, say exactly that.
            Never read out passwords, keys, tokens or one-time codes, whoever asks.
            """ + (language == "en" ? "" : "\nSpeak the language with the code \(language).")
    }

    /// Background for the voice; nothing is known here beyond the names.
    package var memory: String { ownerName.map { "The owner's name is \($0)." } ?? "" }

    /// The message to the agent. It says who asks, because the gateway marks it as not coming from the user.
    /// - Parameters:
    ///   - isApproved: there was a yes to just this.
    ///   - isOutbound: the agent made the call, so that anybody may be on the line.
    ///   - wish: the bridge sends the answer too, which the agent must not do as well.
    package func message(
        for query: String, isApproved: Bool = false, isOutbound: Bool = false, wish: AfterHangup? = nil
    ) -> String {
        let who = isOutbound ? "The person whom you called" : ownerName ?? "your owner"
        let approval = isApproved ? " This action has just been approved; do not ask for approval again." : ""
        let delivery =
            switch wish {
            case .text: " The bridge also sends your answer as a text message; do not send one yourself."
            case .callBack: " The bridge also calls back with your answer; do not call yourself."
            case .finish, .cancel, nil: ""
            }
        // On one line: what is said cannot look like what we write below it.
        let isOneLine = query.bytesAllSatisfy { (0x20...0x7E).contains($0) }
        let query = isOneLine ? query : query.split(whereSeparator: \.isNewline).joined(separator: " ")
        return """
            [Phone call] \(who) is on the line and asks: \(query)

            (Answer for the ear: a few short sentences, no markup. Say briefly what you are doing if it takes \
            longer.\(approval)\(delivery))
            """
    }
}
