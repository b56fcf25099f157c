import Agent
import ArgumentParser
import Bridge
import ClawdTalkAPI
import Foundation
import Logging
import OpenClaw
import Transport

/// `clawdtalk ask`: one real question through the gateway, as a caller would hear it.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract:
            "Ask the agent one question through the gateway and print what a caller would hear, with times.",
        discussion:
            "Exit statuses: 0 there was an answer, 1 there was none, 69 gateway not reachable, 78 configuration."
    )

    @Argument(help: "The question; several words need no quotes.") var question: [String]
    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("Seconds to wait for the answer.", valueName: "seconds"))
    var timeout = 110

    func validate() throws {
        guard !question.joined(separator: " ").allSatisfy(\.isWhitespace) else {
            throw ValidationError("The question is empty.")
        }
        guard (1...3600).contains(timeout) else {
            throw ValidationError("--timeout takes 1 to 3600 seconds.")
        }
    }

    func run() async throws {
        try await CommandRunner.run { try await ask() }
    }

    private func ask() async throws -> ExitStatus {
        // Asking needs the gateway only: a missing API key must not stand in the way.
        var settings = options.settings
        settings.toleratesMissingKey = true
        let configuration = try settings.load()
        let log = LogState(level: options.demandedLogLevel ?? .error).logger
        let tokens = GatewayTokens(settings)
        let voice = VoiceInstructions(ownerName: configuration.ownerName, agentName: nil)
        let chat = ChatEndpoint(settings: settings, gatewayURL: configuration.gatewayURL)
        let question = AgentQuestion(
            .call(nil), text: voice.message(for: question.joined(separator: " ")),
            timeLimit: .seconds(timeout))
        let trust = GatewayTrust.make(configuration, settings)
        let loop = try EventLoop(name: "clawdtalk")
        let (updates, feed) = AsyncStream.makeStream(of: TurnUpdate.self)
        try await loop.run {
            let lanes = BridgeHost.lanes(
                configuration, http: LoopHTTP(HTTPPool(on: loop, tls: TLSProvider(trust).context)),
                time: LoopTimekeeper(loop), tokens: { tokens.readableCandidates() },
                isChatEnabled: { chat.isEnabled() }, log: log)
            lanes.ask(question) { update in
                // They live as long as the turn.
                withExtendedLifetime(lanes) { _ = feed.yield(update) }
            }
        }
        return await tell(updates, in: Phrases(configuration.conversation))
    }

    private func tell(_ updates: AsyncStream<TurnUpdate>, in phrases: Phrases) async -> ExitStatus {
        let start = ContinuousClock.now
        func say(_ text: String) { Console.out("\(Narration.time(since: start))  \(text)") }
        for await update in updates {
            switch update {
            case .sending, .overdue: break
            case .gatewayUnavailable: say(phrases.gatewayUnavailable)
            case .progress(let text): say(SpeechText.make(from: text))
            case .said(let text):
                let speech = SpeechText.make(from: text)
                if !speech.isEmpty { say(speech) }
            case .finished(.saidInFull): return .success
            case .finished(.reply(let text)):
                let speech = SpeechText.make(from: text)
                say(speech.isEmpty ? phrases.nothingSpeakable : speech)
                return speech.isEmpty ? .failure : .success
            case .finished(let outcome):
                say(phrases.sentence(for: outcome))
                return outcome == .failed(.unreachable) ? .unreachable : .failure
            }
        }
        return .failure
    }
}
