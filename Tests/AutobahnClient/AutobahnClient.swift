import Foundation
import Synchronization
import Transport
import Wire

/// The client that Autobahn|Testsuite's fuzzing server examines: echoes every message with its own type, from the
/// handler, so that an answer goes out before the frames behind it are judged.
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
        let count = Mutex(0)
        await client.run("/getCaseCount") { _, bytes, _ in
            count.withLock { $0 = Int(String(decoding: bytes, as: UTF8.self)) ?? 0 }
        }
        for number in 1...max(count.withLock { $0 }, 1) {
            await client.run("/runCase?case=\(number)&agent=\(client.agent)") { isText, bytes, channel in
                try? channel.send(bytes, isText: isText)
            }
        }
        await client.run("/updateReports?agent=\(client.agent)") { _, _, _ in }
    }

    private let url: String
    private let agent: String
    private let loop: EventLoop

    private typealias Handler = @Sendable (_ isText: Bool, UnsafeRawBufferPointer, WebSocketChannel) -> Void

    /// Connects and handles messages until the connection has ended, however: that is the case's business.
    private func run(_ path: String, _ handler: @escaping Handler) async {
        let (loop, url) = (loop, url + path)
        await withCheckedContinuation { continuation in
            loop.execute {
                WebSocketDial(url, on: loop, settings: Self.settings, tls: Self.noTLS) { result in
                    guard case .success(let channel) = result else { return continuation.resume() }
                    channel.onMessage = { [unowned channel] isText, payload in
                        payload.withBytes { handler(isText, $0, channel) }
                    }
                    // The channel lives until it has ended.
                    channel.onEnd = { _ in withExtendedLifetime(channel) { continuation.resume() } }
                }
            }
        }
    }

    private static func noTLS() throws(TransportFailure) -> TLSContext { throw .tlsSetUp("not used here") }

    private static let settings = {
        var settings = WebSocketSettings()
        settings.limits.maximumFrameBytes = 64 << 20
        settings.limits.maximumMessageBytes = 64 << 20
        settings.maximumQueuedBytes = 256 << 20
        return settings
    }()
}
