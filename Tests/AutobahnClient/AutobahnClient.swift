import Foundation
import Transport
import Wire

/// The client that Autobahn|Testsuite's fuzzing server examines: echoes every message with its own type.
/// usage: AutobahnClient URL AGENT
@main
struct AutobahnClient {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            FileHandle.standardError.write(Data("usage: AutobahnClient URL AGENT\n".utf8))
            exit(64)
        }
        let client = AutobahnClient(
            url: arguments[1], agent: arguments[2], loop: try EventLoop(name: "autobahn"))
        let count = try await client.caseCount()
        for number in 1...max(count, 1) {
            // What a case does to the connection is the case's business.
            try? await client.run(number)
        }
        try? await client.drain("/updateReports?agent=\(client.agent)")
    }

    private let url: String
    private let agent: String
    private let loop: EventLoop

    private func connect(_ path: String) async throws -> WebSocketClient {
        var settings = WebSocketSettings()
        settings.limits.maximumFrameBytes = 64 << 20
        settings.limits.maximumMessageBytes = 64 << 20
        settings.maximumQueuedBytes = 256 << 20
        return try await WebSocketClient.connect(to: url + path, on: loop, settings: settings)
    }

    private func caseCount() async throws -> Int {
        let client = try await connect("/getCaseCount")
        var count = 0
        for try await message in client.messages {
            count = Int(String(decoding: message.bytes, as: UTF8.self)) ?? 0
        }
        return count
    }

    private func run(_ number: Int) async throws {
        let client = try await connect("/runCase?case=\(number)&agent=\(agent)")
        for try await message in client.messages { try? await client.send(message) }
    }

    private func drain(_ path: String) async throws {
        for try await _ in try await connect(path).messages {}
    }
}
