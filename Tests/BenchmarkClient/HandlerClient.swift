import Transport
import Wire

/// Counts, and answers, in the handler on the loop's thread.
struct HandlerClient {
    let task: BenchmarkTask
    let loop: EventLoop

    func run() async throws {
        let (task, loop) = (task, loop)
        let line = try await withCheckedThrowingContinuation { continuation in
            loop.execute {
                WebSocketDial(task.url, on: loop, settings: task.settings, tls: Self.noTLS) { result in
                    do {
                        try Self.begin(task, on: result.get()) { continuation.resume(returning: $0) }
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        }
        print(line)
    }

    private static func begin(
        _ task: BenchmarkTask, on channel: WebSocketChannel, completion: @escaping (String) -> Void
    ) throws {
        let payload = [UInt8](repeating: UInt8(ascii: "x"), count: task.bytes)
        var meter = BenchmarkMeter(seconds: task.seconds)
        channel.onMessage = { [unowned channel] _, message in
            if meter.count(message.count) {
                channel.onEnd = nil
                channel.cut()
                completion(meter.line)
            } else if task.isEcho {
                payload.withUnsafeBytes { try? channel.send($0, isText: false) }
            }
        }
        // The channel lives until it has ended.
        channel.onEnd = { fatalError("\(channel) ended: \($0.summary)") }
        for _ in 0..<task.outstanding { try channel.send(.binary(payload)) }
    }

    private static func noTLS() throws(TransportFailure) -> TLSContext { throw .tlsSetUp("not used here") }
}
