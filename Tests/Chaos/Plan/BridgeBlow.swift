import TestSupport

/// What falls on the bridge itself and on its folder.
enum BridgeBlow: Equatable, Sendable {
    /// SIGKILL at this moment, and a start after this time.
    case kill(Moment, Duration)
    /// SIGKILL or SIGTERM while nothing comes through the line, which is cut then.
    case endOnDeadLine(isKilled: Bool, Duration)
    /// SIGTERM, or `clawdtalk stop`, and a start.
    case stop(byCommand: Bool)
    /// Another skill-config.json and SIGHUP.
    case changedConfiguration
    /// A skill-config.json that is none and SIGHUP; the good one is back after this time.
    case brokenConfiguration(Duration)
    /// The disk of the state folder is full for this time.
    case fullDisk(Duration)
    /// SIGKILL while the disk is full; there is room again before the start.
    case killOnFullDisk(Duration)

    var name: String {
        switch self {
        case .kill: "bridge killed"
        case .endOnDeadLine(let isKilled, _):
            isKilled ? "bridge killed on a dead line" : "bridge stopped on a dead line"
        case .stop(let byCommand): byCommand ? "bridge stopped by command" : "bridge stopped by SIGTERM"
        case .changedConfiguration: "configuration changed"
        case .brokenConfiguration: "configuration broken"
        case .fullDisk: "disk full"
        case .killOnFullDisk: "bridge killed on a full disk"
        }
    }

    var needsDisk: Bool {
        switch self {
        case .fullDisk, .killOnFullDisk: true
        default: false
        }
    }

    static func random(using generator: inout SeededGenerator) -> BridgeBlow {
        let time = Duration.milliseconds(Int.random(in: 100...3_000, using: &generator))
        switch Int.random(in: -2..<10, using: &generator) {
        case -2...(-1): return .endOnDeadLine(isKilled: Bool.random(using: &generator), time)
        case 0...3: return .kill(.random(using: &generator), time / 4)
        case 4: return .stop(byCommand: Bool.random(using: &generator))
        case 5: return .changedConfiguration
        case 6: return .brokenConfiguration(time)
        case 7...8: return .fullDisk(time)
        default: return .killOnFullDisk(time)
        }
    }
}
