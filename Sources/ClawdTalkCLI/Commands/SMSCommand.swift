import ArgumentParser
import ClawdTalkAPI

/// `clawdtalk sms`: text messages (shared/spec/rest-api.md 7).
struct SMSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sms",
        abstract: "Send a text message, and look at those that were sent and came.",
        discussion: """
              clawdtalk sms send +13125550101 See you at ten
              clawdtalk sms send +13125550101 "Plan" --media https://my.example/plan.png
              clawdtalk sms list --limit 5 --contact +13125550101
              clawdtalk sms conversations

            Words that begin with - come after --, as in: sms send +13125550101 -- -5 degrees

            --json prints the service's answer: send {"id": "…", …}, list {"messages": […], \
            "pagination": {"total": 7}}, conversations {"conversations": […]}.

            Exit statuses: 0 sent or shown; 1 not, with the reason; 64 usage; 69 the service cannot be reached; \
            77 it refuses the API key; 78 configuration.
            """,
        subcommands: [Send.self, List.self, Conversations.self, NounHelp<SMSCommand>.self])

    /// The first characters of a text, on one line.
    private static func beginning(of text: String, _ count: Int) -> String {
        Console.printable(text.count > count ? text.prefix(count) + "…" : text)
    }

    /// The items of a list; the whole answer goes to standard output with --json.
    private static func items(of answer: JSONValue, in name: String) throws -> [JSONValue] {
        do throws(RESTFailure) {
            return try ServiceClient.items(of: answer, in: [name, "data"])
        } catch {
            throw CommandFailure(reading: "the list", error)
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "send", abstract: "Send a message.")

        @Argument(help: "The number.") var to = ""
        @Argument(help: "The message; several words need no quotes.") var words: [String] = []

        @Option(
            help: ArgumentHelp("The address of a picture to go with it; can be repeated.", valueName: "url"))
        var media: [String] = []

        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let to = try Words(to).required("the number is missing: sms send NUMBER WORDS…")
                let message = try Words(words).required("the message is missing: sms send NUMBER WORDS…")
                let number = try TelephoneNumber.required(to)
                let answer = try await options.change("the message was not sent") {
                    client throws(RESTFailure) in
                    try await client.sendMessage(message, to: number, media: media)
                }
                let id: String
                do throws(RESTFailure) { id = try answer.requiredID("id", "message_id") } catch {
                    throw CommandFailure(error, "the message is not known to have been sent")
                }
                let from = answer["from"]?.string.map { " from \($0)" } ?? ""
                options.json
                    ? Console.json(answer) : Console.out(Console.printable("\(id): sent to \(number)\(from)"))
                return .success
            }
        }
    }

    struct List: AsyncParsableCommand {
        enum Direction: String, CaseIterable, ExpressibleByArgument { case inbound, outbound }

        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Show messages: ← those that came, → those that were sent.")

        @Option(help: "How many, 1 to 1000.") var limit = 20
        @Option(help: ArgumentHelp("Only those from and to this number.", valueName: "number"))
        var contact: String?
        @Option(help: "Only one direction.") var direction: Direction?
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                guard (1...1000).contains(limit) else {
                    throw CommandFailure(.usage, "--limit takes 1 to 1000.")
                }
                let contact = Words(contact).text.map { TelephoneNumber($0)?.text ?? $0 }
                let answer = try await options.read("the list") { client throws(RESTFailure) in
                    try await client.messages(
                        limit: limit, contact: contact, direction: direction?.rawValue)
                }
                let messages = try SMSCommand.items(of: answer, in: "messages")
                guard !options.json else {
                    Console.json(answer)
                    return .success
                }
                messages.forEach { Console.out(Self.line($0)) }
                Console.out("")
                Console.out("Total: \(answer["pagination"]?["total"]?.integer ?? messages.count)")
                return .success
            }
        }

        private static func line(_ message: JSONValue) -> String {
            let isInbound = message["direction"]?.string == "inbound"
            let date = message["created_at"]?.string?.prefix { $0 != "T" } ?? "-"
            let peer = message[isInbound ? "from" : "to"]?.identifier ?? "-"
            let text = SMSCommand.beginning(of: message["body"]?.string ?? "", 60)
            return "\(isInbound ? "←" : "→") \(Console.printable("\(date) \(peer)")) \(text)"
        }
    }

    struct Conversations: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "conversations",
            abstract: "Show with whom there are messages, and the latest of each.")

        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let answer = try await options.read("the list") { client throws(RESTFailure) in
                    try await client.conversations()
                }
                let conversations = try SMSCommand.items(of: answer, in: "conversations")
                guard !options.json else {
                    Console.json(answer)
                    return .success
                }
                for conversation in conversations {
                    let contact = conversation["contact"]?.identifier ?? "-"
                    let last = conversation["last_message"]
                    let text = last?.string ?? last?["body"]?.string ?? ""
                    Console.out("\(Console.printable(contact)): \(SMSCommand.beginning(of: text, 50))")
                }
                return .success
            }
        }
    }
}
