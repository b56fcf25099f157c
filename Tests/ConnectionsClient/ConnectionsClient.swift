import Foundation
import Transport

/// Idle WebSockets in one process, one of which is active (scripts/bench-connections.sh). Prints one object of JSON.
/// usage: ConnectionsClient URL CONNECTIONS AT-ONCE ROUND-TRIPS
@main
struct ConnectionsClient {
    let url: String
    let count: Int
    let atOnce: Int
    let roundTrips: Int

    static func main() async throws {
        let words = CommandLine.arguments
        let numbers = words.dropFirst(2).compactMap { Int($0) }.filter { $0 > 0 }
        guard words.count == 5, numbers.count == 3 else {
            FileHandle.standardError.write(
                Data("usage: ConnectionsClient URL CONNECTIONS AT-ONCE ROUND-TRIPS\n".utf8))
            exit(64)
        }
        let client = Self(url: words[1], count: numbers[0], atOnce: numbers[1], roundTrips: numbers[2])
        let loop = try EventLoop(name: "connections")
        do {
            try await withTaskExecutorPreference(loop) { try await client.run(on: loop) }
        } catch {
            end(with: error)
        }
    }

    static func end(with error: any Error) {
        FileHandle.standardError.write(Data("a connection failed: \(error)\n".utf8))
        exit(1)
    }

    private func run(on loop: EventLoop) async throws {
        let connections = try Connections(to: url, atOnce: atOnce, on: loop)
        let first = try await Self.cost { try await connections.open(1) }
        // Code, tables and buffers that all connections share are there from here on.
        _ = try await connections.roundTrips(Self.warmUp)
        let residentWithOne = ProcessFigures.residentKiB()

        let others = try await Self.cost { try await connections.open(count - 1) }
        try await Task.sleep(for: Self.rest)
        let resident = ProcessFigures.residentKiB()

        _ = try await connections.roundTrips(Self.warmUp)
        var durations: [Duration] = []
        let trips = try await Self.cost { durations = try await connections.roundTrips(roundTrips) }
        let ordered = durations.map { $0 / .microseconds(1) }.sorted()
        print(
            """
            {"connections":\(count),"login_seconds":\((first.time + others.time) / .seconds(1)),\
            "login_cpu_us":\((first.cpuSeconds + others.cpuSeconds) * 1e6 / Double(count)),\
            "resident_kib":\(resident),"resident_kib_with_one":\(residentWithOne),"peak_kib":\(ProcessFigures.peakKiB),\
            "cpu_us":\(trips.cpuSeconds * 1e6 / Double(roundTrips)),\
            "p50_us":\(Self.quantile(ordered, 0.5)),"p99_us":\(Self.quantile(ordered, 0.99))}
            """)
        // Thousands of goodbyes are not what is measured.
        exit(0)
    }

    private static let warmUp = 200
    private static let rest = Duration.milliseconds(200)

    /// The time that something takes, and what it takes of the processors.
    private static func cost(_ action: () async throws -> Void) async throws -> (
        time: Duration, cpuSeconds: Double
    ) {
        let (start, cpu) = (ContinuousClock.now, ProcessFigures.cpuSeconds)
        try await action()
        return (ContinuousClock.now - start, ProcessFigures.cpuSeconds - cpu)
    }

    private static func quantile(_ ordered: [Double], _ part: Double) -> Double {
        ordered[min(ordered.count - 1, Int(Double(ordered.count) * part))]
    }
}
