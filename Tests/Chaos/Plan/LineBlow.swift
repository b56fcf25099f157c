import TestSupport

/// What falls on the line between the service and the bridge.
enum LineBlow: Equatable, Sendable {
    /// The network ends every connection without a word, and refuses others for this time.
    case cut(Duration)
    /// Nothing comes through for this time, and then everything does.
    case stall(Duration)
    /// Nothing comes through for this time, and then the line is cut.
    case stallAndCut(Duration)
    case slow(bytesPerTick: Int, Duration)
    /// A closing handshake.
    case close(UInt16)
    /// A close frame, nil for one without a code, and at once the end of the connection.
    case closeAndCut(UInt16?)
    /// A question, a close frame and another question in one write: results are on their way, and what stands behind a
    /// close frame means nothing.
    case closeAmidst(UInt16?)
    /// The service is away for this time, and answers handshakes with this status for as long again.
    case restart(Duration, refusal: Int)
    case hostile(HostileFrame)

    var name: String {
        switch self {
        case .cut: "line cut"
        case .stall: "line stalled"
        case .stallAndCut: "line stalled and cut"
        case .slow: "line slow"
        case .close(let code): "closed with \(code)"
        case .closeAndCut(let code): "closed with \(code.map(String.init) ?? "no code") and cut"
        case .closeAmidst(let code): "closed with \(code.map(String.init) ?? "no code") amidst results"
        case .restart(_, let refusal): "service restarted, then \(refusal)"
        case .hostile(let frame): "hostile: \(frame.rawValue)"
        }
    }

    /// Whether another client seems to have logged in with the same key.
    var isTakeover: Bool {
        switch self {
        case .close(4000), .closeAndCut(4000), .closeAmidst(4000): true
        default: false
        }
    }

    static func random(using generator: inout SeededGenerator) -> LineBlow {
        let time = Duration.milliseconds(Int.random(in: 300...4_000, using: &generator))
        let code = [1000, 1001, 1008, 1011, 1012, 1013, 3999, 4000, 4001, 4999].randomElement(
            using: &generator
        )
        .map(UInt16.init)
        switch Int.random(in: 0..<13, using: &generator) {
        case 0: return .cut(.zero)
        case 1: return .cut(time)
        case 2: return .stall(time)
        case 3: return .stallAndCut(time)
        case 4: return .slow(bytesPerTick: .random(in: 1...60, using: &generator), time)
        case 5: return .close(code ?? 1000)
        case 6: return .closeAndCut(Bool.random(using: &generator) ? code : nil)
        case 7: return .closeAmidst(Bool.random(using: &generator) ? code : nil)
        case 8: return .restart(time / 2, refusal: Bool.random(using: &generator) ? 429 : 503)
        default: return .hostile(.allCases.randomElement(using: &generator) ?? .garbage)
        }
    }
}
