import Foundation
import Transport
import Wire

/// This project's clients in the benchmark (scripts/bench.sh): the synchronous handler, and the async API over it from a
/// task on any thread, and from one on the loop's.
/// usage: BenchmarkClient handler|async|async-on-loop URL echo|receive BYTES OUTSTANDING SECONDS
@main
struct BenchmarkClient {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 7, let task = BenchmarkTask(arguments[2...]) else {
            FileHandle.standardError.write(
                Data(
                    "usage: BenchmarkClient handler|async|async-on-loop URL echo|receive BYTES OUTSTANDING SECONDS\n"
                        .utf8)
            )
            exit(64)
        }
        let loop = try EventLoop(name: "benchmark")
        switch arguments[1] {
        case "handler": try await HandlerClient(task: task, loop: loop).run()
        case "async-on-loop":
            try await withTaskExecutorPreference(loop) { try await runAsync(task, on: loop) }
        default: try await runAsync(task, on: loop)
        }
    }

    private static func runAsync(_ task: BenchmarkTask, on loop: EventLoop) async throws {
        let client = try await WebSocketClient.connect(
            to: task.url, on: loop, settings: task.settings, bufferBytes: max(4 * task.bytes, 1 << 20))
        let payload = [UInt8](repeating: UInt8(ascii: "x"), count: task.bytes)
        for _ in 0..<task.outstanding { try await client.send(.binary(payload)) }
        var meter = BenchmarkMeter(seconds: task.seconds)
        for try await message in client.messages {
            if meter.count(message.bytes.count) { break }
            if task.isEcho { try await client.send(.binary(payload)) }
        }
        print(meter.line)
    }
}
