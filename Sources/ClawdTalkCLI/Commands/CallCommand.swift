import ArgumentParser
import ClawdTalkAPI

/// `clawdtalk call`: calls that the service makes (shared/spec/rest-api.md 6).
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call the owner, or somebody else; look at a call; end one.",
        usage: """
            clawdtalk call [<greeting> ...] [--to <number>] [--purpose <text>] [--greeting <text>]
            clawdtalk call status <id>
            clawdtalk call end <id> [<reason> ...]
            """,
        discussion: """
            Without --to the owner is called. A greeting that is a telephone number is called; --greeting says it \
            instead. --purpose (or --context) tells the agent what the call is to reach.

              clawdtalk call Hey, what is up?
              clawdtalk call --to +13125550101 --purpose "Confirm the meeting"
              clawdtalk call status call_1
              clawdtalk call end call_1

            Privacy mode: calls to the owner's own paired number need no --to, and the agent never sees the number. \
            Other numbers need a paid account, or have to be verified as your own on the dashboard.

            A number goes out as +<country><number> where that is certain; ten digits go out as they are.

            --json prints the service's answer; call_id (or id) and status are always looked at: \
            {"call_id": "…", "status": "ringing"}.

            Exit statuses: 0 the call was made, shown or ended; 1 it was not, with the reason; 64 usage; \
            69 the service cannot be reached; 77 it refuses the API key; 78 configuration.
            """,
        subcommands: [Start.self, Status.self, End.self, NounHelp<CallCommand>.self],
        defaultSubcommand: Start.self)

    /// The call in one line. - Throws: ``CommandFailure`` when the answer is about no call.
    private static func line(_ answer: JSONValue, id: String) throws -> String {
        guard answer.isObject else {
            throw CommandFailure(reading: "the call", .unreadable("something that is no call"))
        }
        return Console.printable([id, answer["status"]?.string].compactMap { $0 }.joined(separator: ": "))
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "start", abstract: "Make a call; `clawdtalk call` alone does it too.")

        @Argument(help: "The first sentence; several words need no quotes.") var words: [String] = []

        @Option(help: ArgumentHelp("Who is called, in place of the owner.", valueName: "number"))
        var to: String?

        @Option(
            name: [.long, .customLong("context")],
            help: ArgumentHelp("What the call is to reach.", valueName: "text"))
        var purpose: String?

        @Option(help: ArgumentHelp("The first sentence, whatever it looks like.", valueName: "text"))
        var greeting: String?

        @OptionGroup var options: ServiceOptions

        func run() async throws { try await CommandRunner.run { try await start() } }

        private func start() async throws -> ExitStatus {
            let call = try call()
            let answer = try await options.change("the call was not made", cure: { cure(call, $0) }) {
                client throws(RESTFailure) in try await client.startCall(call)
            }
            let id: String
            do throws(RESTFailure) { id = try answer.requiredID("call_id", "id") } catch {
                throw CommandFailure(error, "no call is known to have been made")
            }
            let status = answer["status"]?.string ?? ""
            guard !StartedCall.hasFailed(status) else {
                let reason = (answer["message"] ?? answer["reason"])?.string.map { ": \($0)" } ?? ""
                throw CommandFailure(
                    .failure, Console.printable("the call was not made: \(id) is \(status)\(reason)"))
            }
            try options.json ? Console.json(answer) : Console.out(CallCommand.line(answer, id: id))
            return .success
        }

        /// - Throws: ``CommandFailure`` with status 64.
        private func call() throws -> NewCall {
            var call = NewCall(greeting: Words(greeting).text, purpose: Words(purpose).text)
            call.to = try Words(to).text.map { try TelephoneNumber.required($0) }
            guard let said = Words(words).text else { return call }
            if call.to == nil, TelephoneNumber.isMeant(by: said) {
                call.to = try TelephoneNumber.required(said)
                Console.error(
                    "Calling \(Console.printable(said)). To say that to the owner instead: --greeting")
                return call
            }
            guard call.greeting == nil else {
                throw CommandFailure(.usage, "there are two greetings; give one.")
            }
            // An option in front of it hides a verb.
            if let verb = words.first, ["status", "end", "help"].contains(verb) {
                throw CommandFailure(
                    .usage,
                    "\(verb) comes before all options: call \(verb) …; to say it, give it as --greeting.")
            }
            call.greeting = said
            return call
        }

        private func cure(_ call: NewCall, _ failure: RESTFailure) -> String? {
            guard call.to != nil, case .refused(let refusal) = failure,
                [402, 403].contains(refusal.status)
                    || refusal.code?.contains(/(?i)external|paid|upgrade|verif/) == true
            else { return nil }
            return "Other numbers than your own paired one need a paid account, or have to be verified as "
                + "yours at clawdtalk.com; without --to you are called."
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "status", abstract: "Show a call.")

        @Argument(help: "The call's id.") var id = ""
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let id = try Identifier.required(id, missing: "the call's id is missing: call status ID")
                let answer = try await options.read("the call") { client throws(RESTFailure) in
                    try await client.call(id)
                }
                guard answer.isTruthy else {
                    throw CommandFailure(reading: "the call", .unreadable("nothing"))
                }
                let line = try CallCommand.line(answer, id: id)
                options.json ? Console.json(answer) : Console.out(line)
                return .success
            }
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "end", abstract: "End a call.")

        @Argument(help: "The call's id.") var id = ""
        @Argument(help: "Why; several words need no quotes.") var reason: [String] = []
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let id = try Identifier.required(
                    id, missing: "the call's id is missing: call end ID [REASON]")
                let reason = Words(reason).text ?? "user_ended"
                let answer = try await options.change("call \(id) was not ended") {
                    client throws(RESTFailure) in try await client.endCall(id, reason: reason)
                }
                let status = answer["status"]?.string?.lowercased()
                guard answer.isObject, answer["success"]?.bool != false, status != "error",
                    status != "failed"
                else {
                    let reason = answer["message"]?.string ?? "the service does not say that it did"
                    throw CommandFailure(.failure, Console.printable("call \(id) was not ended: \(reason)"))
                }
                options.json ? Console.json(answer) : Console.out(Console.printable("\(id): ended"))
                return .success
            }
        }
    }
}
