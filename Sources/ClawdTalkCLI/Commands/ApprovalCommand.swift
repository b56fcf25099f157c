import ArgumentParser
import ClawdTalkAPI
import Foundation

/// `clawdtalk approval`: a yes or no of the owner's, on the telephone (shared/spec/rest-api.md 8).
struct ApprovalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approval",
        abstract: "Ask the owner for a yes on the telephone before something is done.",
        discussion: """
              clawdtalk approval request "Delete repo" --biometric && ./delete.sh
              clawdtalk approval request Pay the bill --details "12 euros" --timeout 60
              clawdtalk approval request Publish --no-wait
              clawdtalk approval status approval_1
              clawdtalk approval list

            request waits and prints one word: approved, denied, timeout, expired or no_devices; --no-wait prints the \
            request's id.

            --json: request prints {"request_id": "…", "status": "approved", "devices_notified": 1}, \
            where status is that word (pending with --no-wait); status and list print the service's answer.

            Exit statuses: 0 approved, and nothing else is (with --no-wait: asked; list: shown); 10 denied; 11 timed \
            out; 12 expired; 13 no device; 75 pending; 1 failed, with the reason; 64 usage; 69 the service cannot be \
            reached; 77 it refuses the API key; 78 configuration. Ctrl-C ends the wait; the request still stands.
            """,
        subcommands: [Request.self, Status.self, List.self, NounHelp<ApprovalCommand>.self])

    /// Nothing was asked, so that nothing is approved.
    func run() async throws {
        Console.error(ClawdTalk.helpMessage(for: Self.self))
        throw ExitStatus.usage.exitCode
    }

    struct Request: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request", abstract: "Ask, and wait for the decision.",
            discussion: "Exit status 0 is a yes; see `clawdtalk approval --help` for the others.")

        @Argument(help: "What is to be done; several words need no quotes.") var action: [String] = []
        @Option(help: ArgumentHelp("What the owner should know about it.", valueName: "text"))
        var details: String?
        @Flag(help: "The yes needs a fingerprint or a face.") var biometric = false
        @Option(help: ArgumentHelp("How long the question stands, and is waited for.", valueName: "seconds"))
        var timeout = 300
        @Flag(name: .customLong("no-wait"), help: "Print the request's id and do not wait.") var noWait =
            false
        @OptionGroup var options: ServiceOptions

        func run() async throws { try await CommandRunner.run { try await request() } }

        private func request() async throws -> ExitStatus {
            let approval = try approval()
            let answer = try await options.change("the owner was not asked") { client throws(RESTFailure) in
                try await client.requestApproval(approval)
            }
            let id: String
            do throws(RESTFailure) { id = try answer.requiredID("request_id", "id") } catch {
                let reason = answer["message"]?.string.map { ": \($0)" } ?? ""
                throw CommandFailure(error, "the owner is not known to have been asked\(reason)")
            }
            let devices = answer["devices_notified"]?.integer ?? 0
            guard devices > 0 else {
                Console.error(
                    "No telephone was reached. Pair one in the ClawdTalk app, then ask again.")
                return tell(.noDevices, of: id, devices)
            }
            guard !noWait else {
                tell("pending", of: id, devices, text: id)
                return .success
            }
            return try await wait(for: id, devices)
        }

        /// - Throws: ``CommandFailure`` with status 64.
        private func approval() throws -> NewApproval {
            guard (1...86_400).contains(timeout) else {
                throw CommandFailure(.usage, "--timeout takes 1 to 86400 seconds.")
            }
            var approval = NewApproval(
                action: try Words(action).required("the action is missing: approval request ACTION…"))
            (approval.details, approval.isBiometric) = (details, biometric)
            approval.expiresInSeconds = timeout
            return approval
        }

        private func wait(for id: String, _ devices: Int) async throws -> ExitStatus {
            Console.error(
                Console.printable("Waiting \(timeout) s at most for the owner's decision (request \(id))."))
            let interruption = Self.interruption(of: id)
            defer { withExtendedLifetime(interruption) {} }
            let (client, start) = (try await options.client(), ContinuousClock.now)
            let wait = ApprovalWait(
                timeLimit: .seconds(timeout), now: { ContinuousClock.now - start },
                sleep: { try await Task.sleep(for: $0) },
                look: { limit throws(RESTFailure) in try await client.once(within: limit).approval(id) })
            do {
                switch try await wait.ending() {
                case .decided(let outcome): return tell(outcome, of: id, devices)
                case .unknown(let word):
                    tell("error", of: id, devices, text: "error")
                    throw CommandFailure(
                        .failure, Console.printable("request \(id) has the unknown status \(word)."))
                }
            } catch let failure as RESTFailure {
                throw CommandFailure(reading: "the decision about request \(id)", failure)
            }
        }

        private func tell(_ outcome: ApprovalOutcome, of id: String, _ devices: Int) -> ExitStatus {
            tell(outcome.rawValue, of: id, devices, text: outcome.rawValue)
            return outcome.exitStatus
        }

        private func tell(_ status: String, of id: String, _ devices: Int, text: String) {
            guard options.json else { return Console.out(Console.printable(text)) }
            Console.json(
                JSONValue.members([
                    "request_id": .string(id), "status": .string(status),
                    "devices_notified": .number(String(devices)),
                ]))
        }

        /// Ctrl-C ends the process as it always does, after a line.
        private static func interruption(of id: String) -> SignalSource {
            SignalSource(SIGINT) {
                Console.error(
                    Console.printable("Not waited for any longer; request \(id) still stands. ")
                        + Console.printable("Try: clawdtalk approval status \(id)"))
                // Threads of the dispatch library hold signals back.
                var interrupts = sigset_t()
                sigemptyset(&interrupts)
                sigaddset(&interrupts, SIGINT)
                pthread_sigmask(SIG_UNBLOCK, &interrupts, nil)
                signal(SIGINT, SIG_DFL)
                raise(SIGINT)
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Show what became of a request.",
            discussion:
                "Exit statuses: 0 approved, 10 denied, 11 timed out, 12 expired, 13 no device, 75 pending.")

        @Argument(help: "The request's id.") var id = ""
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let id = try Identifier.required(
                    id, missing: "the request's id is missing: approval status ID")
                let answer = try await options.read("the request") { client throws(RESTFailure) in
                    try await client.approval(id)
                }
                guard let word = answer["status"]?.string else {
                    throw CommandFailure(
                        reading: "the request", .unreadable("something without a status"))
                }
                options.json ? Console.json(answer) : Console.out(Console.printable(word))
                if word.lowercased() == "pending" { return .notYet }
                guard let outcome = ApprovalOutcome(rawValue: word.lowercased()) else {
                    throw CommandFailure(
                        .failure, Console.printable("request \(id) has a status that is not known."))
                }
                return outcome.exitStatus
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show the requests of one status.")

        @Argument(help: "pending, approved, denied or expired.") var status = "pending"
        @OptionGroup var options: ServiceOptions

        func run() async throws {
            try await CommandRunner.run {
                let answer = try await options.read("the list") { client throws(RESTFailure) in
                    try await client.approvals(status: status)
                }
                let requests: [JSONValue]
                do throws(RESTFailure) {
                    requests = try ServiceClient.items(of: answer, in: ["approvals", "data", "requests"])
                } catch {
                    throw CommandFailure(reading: "the list", error)
                }
                guard !options.json else {
                    Console.json(answer)
                    return .success
                }
                if requests.isEmpty { Console.error("There are none.") }
                for request in requests {
                    let id = (request["request_id"] ?? request["id"])?.identifier ?? "-"
                    let words = [id, request["status"]?.string ?? status, request["action"]?.string ?? ""]
                    Console.out(Console.printable(words.joined(separator: "  ")))
                }
                return .success
            }
        }
    }
}
