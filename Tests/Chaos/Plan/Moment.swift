import TestSupport

/// A point in the bridge's work, counted in things that happen from now on.
enum Moment: Equatable, Sendable {
    case logLines(Int)
    /// Messages that reach the agent.
    case asked(Int)
    /// Anything that the service sees.
    case seenByService(Int)

    static func random(using generator: inout SeededGenerator) -> Moment {
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: .logLines(.random(in: 1...30, using: &generator))
        case 1: .asked(.random(in: 1...5, using: &generator))
        default: .seenByService(.random(in: 1...15, using: &generator))
        }
    }
}
