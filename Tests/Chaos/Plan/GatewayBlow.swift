import Simulator
import TestSupport

/// What falls on the gateway.
enum GatewayBlow: Equatable, Sendable {
    /// It refuses connections for this time, and whoever waited is cut off. What the agent works on for a caller is
    /// lost, or goes on.
    case restart(Duration, losesRuns: Bool)
    case disturbed(GatewayFault, Duration)

    var name: String {
        switch self {
        case .restart(_, let losesRuns): losesRuns ? "gateway restarted, runs lost" : "gateway restarted"
        case .disturbed(.refuses(let status), _): "gateway refuses with \(status)"
        case .disturbed(.runsAndAnswers(let status), _): "gateway runs and answers \(status)"
        case .disturbed(.page, _): "gateway answers with a web page"
        case .disturbed(.cut, _): "gateway breaks off its answers"
        case .disturbed(.late, _): "gateway answers late"
        case .disturbed(.stalled, _): "gateway stalled"
        }
    }

    static func random(using generator: inout SeededGenerator) -> GatewayBlow {
        let time = Duration.milliseconds(Int.random(in: 300...3_000, using: &generator))
        // What leaves open for 15 s whether anything runs holds up all questions behind it: that is rarer.
        let clear: [GatewayFault] = [
            .refuses(503), .refuses(429), .runsAndAnswers(500), .cut, .late(time), .stalled,
        ]
        let faults = clear + clear + [.refuses(500), .page]
        let number = Int.random(in: -2..<faults.count, using: &generator)
        return number < 0 ? .restart(time, losesRuns: number == -1) : .disturbed(faults[number], time)
    }
}
