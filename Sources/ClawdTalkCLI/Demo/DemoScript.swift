import Agent
import OpenClaw
import Simulator

/// What is said in the demo.
enum DemoScript {
    struct Exchange: Sendable {
        let id: String
        let question: String
        /// As the agent writes it.
        let answer: String
        /// As the caller must hear it.
        let spoken: String
    }

    static let first = Exchange(
        id: "question-1", question: "What is on my calendar today?",
        answer: "**Two things** today: the dentist at ten, and lunch with Tomás at one. 🦷",
        spoken: "Two things today: the dentist at ten, and lunch with Tomás at one.")
    static let second = Exchange(
        id: "question-2", question: "And is my train on time?",
        answer: "Yes. The 17:42 to Porto leaves on time, see https://trains.example/board?id=42.",
        spoken: "Yes. The 17:42 to Porto leaves on time, see trains.example.")

    static let sensitive = Exchange(
        id: "question-3", question: "Pay the invoice from Acme.",
        answer: "The invoice is paid: **120 euros**.",
        spoken: "The invoice is paid: 120 euros.")

    @Sendable static func answer(_ message: String) -> String {
        [second, sensitive].first { message.contains($0.question) }?.answer ?? first.answer
    }
}

extension Persona {
    /// What the bridge must find out about a gateway that gives no answer.
    var expectedOutcome: TurnOutcome {
        switch self {
        case .notAllowed: .failed(.toolNotAllowed)
        case .wrongToken: .failed(.unauthorized)
        case .forbidden: .failed(.forbidden)
        case .refused: .failed(.refused)
        case .runFailed: .failed(.agentFailed)
        case .noReply: .noReply
        case .hanging: .failed(.timedOut)
        case .notAGateway: .failed(.notAGateway)
        default: .failed(.uncertain)
        }
    }
}
