import Foundation
import Simulator
import Transport

/// A stand-in service and gateway in a process of their own, for scripts that check or measure the real program.
/// usage: StandIns [CERTIFICATE]
///
/// The first line it prints is a skill-config.json for them; each line after it is one event. With a file for its
/// certificate the service speaks TLS. Commands on standard input: `stop-service`, `start-service`, `stop-gateway`,
/// `start-gateway`, `ask TEXT`, `quit`. The end of the input is `quit` too.
@main
struct StandIns {
    private let service: SimulatedService
    private let gateway: SimulatedGateway

    private static let apiKey = "cc_stand_in"

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count <= 1 else {
            FileHandle.standardError.write(Data("usage: StandIns [CERTIFICATE]\n".utf8))
            exit(64)
        }
        try await StandIns(certificate: arguments.first).obey(lines())
    }

    private init(certificate: String?) async throws {
        let loop = try EventLoop(name: "stand-ins")
        var serviceOptions = SimulatedService.Options()
        (serviceOptions.isSecure, serviceOptions.apiKey) = (certificate != nil, Self.apiKey)
        service = try await SimulatedService.start(on: loop, options: serviceOptions)
        if let certificate {
            try service.certificatePEM.write(toFile: certificate, atomically: true, encoding: .utf8)
        }
        var gatewayOptions = SimulatedGateway.Options()
        gatewayOptions.agentTime = .milliseconds(200)
        gateway = try await SimulatedGateway.start(on: loop, options: gatewayOptions)
        Self.tell([
            "server": service.url, "api_key": Self.apiKey, "gateway_url": gateway.url,
            "gateway_token": gatewayOptions.token,
        ])
    }

    private func obey(_ commands: AsyncStream<String>) async throws {
        let telling = [
            Task { await follow(service.journal) { $0.report } },
            Task { await follow(gateway.asked) { ["event": "asked", "text": $0] } },
        ]
        defer { telling.forEach { $0.cancel() } }
        var questions = 0
        for await line in commands {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            switch words.first {
            case "stop-service": await service.shut()
            case "start-service": try await service.reopen()
            case "stop-gateway": await gateway.shut()
            case "start-gateway": try await gateway.reopen()
            case "ask":
                questions += 1
                await service.sendEvent(
                    "deep_tool_request",
                    ["call_id": "call", "request_id": "question-\(questions)", "query": words.last ?? ""])
            case "quit": return
            default:
                Self.tell(["event": "refused", "text": line])
                continue
            }
            Self.tell(["event": "done", "text": line])
        }
    }

    private func follow<Entry>(_ journal: EventJournal<Entry>, _ report: (Entry) -> [String: String]) async {
        var seen = 0
        while !Task.isCancelled {
            let told = seen
            _ = await journal.first(within: .seconds(1), in: { $0.count > told ? $0.last : nil })
            let news = journal.entries.dropFirst(seen)
            news.forEach { Self.tell(report($0)) }
            seen += news.count
        }
    }

    /// One line of JSON.
    private static func tell(_ members: [String: String]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(members) else { return }
        try? FileHandle.standardOutput.write(contentsOf: data + Data("\n".utf8))
    }

    /// Standard input, read by a thread that may block.
    private static func lines() -> AsyncStream<String> {
        let (lines, input) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            while let line = readLine() { input.yield(line) }
            input.finish()
        }
        return lines
    }
}
