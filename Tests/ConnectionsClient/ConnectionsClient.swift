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
        let start = ContinuousClock.now
        try await connections.open(1)
        let first = ContinuousClock.now - start
        // Code, tables and buffers that all connections share are there from here on.
        _ = try await connections.roundTrips(Self.warmUp)
        let residentWithOne = ProcessFigures.residentKiB()

        let restart = ContinuousClock.now
        try await connections.open(count - 1)
        let login = first + (ContinuousClock.now - restart)
        try await Task.sleep(for: Self.rest)
        let resident = ProcessFigures.residentKiB()

        _ = try await connections.roundTrips(Self.warmUp)
        let before = ProcessFigures.now
        let durations = try await connections.roundTrips(roundTrips)
        let after = ProcessFigures.now
        let ordered = durations.map { $0 / .microseconds(1) }.sorted()
        let perTrip = 1e6 / Double(ordered.count)
        print(
            """
            {"connections":\(count),"login_seconds":\(login / .seconds(1)),\
            "resident_kib":\(resident),"resident_kib_with_one":\(residentWithOne),"peak_kib":\(ProcessFigures.peakKiB),\
            "user_us":\((after.userSeconds - before.userSeconds) * perTrip),\
            "system_us":\((after.systemSeconds - before.systemSeconds) * perTrip),\
            "p50_us":\(Self.quantile(ordered, 0.5)),"p99_us":\(Self.quantile(ordered, 0.99))}
            """)
        // Thousands of goodbyes are not what is measured.
        exit(0)
    }

    private static let warmUp = 200
    private static let rest = Duration.milliseconds(200)

    private static func quantile(_ ordered: [Double], _ part: Double) -> Double {
        ordered[min(ordered.count - 1, Int(Double(ordered.count) * part))]
    }
}
