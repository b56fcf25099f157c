import Simulator
import TestSupport

/// What falls when: three sequences of blows beside each other. The same seed plans the same blows.
struct ChaosPlan {
    struct Planned<Blow: Sendable>: Sendable {
        /// The pause after the blow before.
        let pause: Duration
        let blow: Blow
    }

    /// The manner of the gateway.
    let persona: Persona
    let agentTime: Duration
    /// Whether the line is compressed.
    let usesDeflate: Bool
    let keepsTranscripts: Bool
    let line: [Planned<LineBlow>]
    let gateway: [Planned<GatewayBlow>]
    let bridge: [Planned<BridgeBlow>]

    /// A third login of somebody else without a good minute between them ends the bridge, by design.
    private static let mostTakeovers = 2

    /// Those that can answer by themselves.
    private static let personas: [Persona] = [
        .waited, .waited, .contentOnly, .okWithoutReply, .stillRunning, .timeoutStatus, .selfSendRefused,
        .announce,
        .chat, .chatBroken,
    ]

    init(seed: UInt64, seconds: Int) {
        // A blow takes time, too: more are planned than can fall.
        var generator = SeededGenerator(seed: seed &* 4 &+ 3)
        persona = Self.personas.randomElement(using: &generator) ?? .waited
        agentTime = .milliseconds([20, 150, 600].randomElement(using: &generator) ?? 150)
        usesDeflate = Bool.random(using: &generator)
        keepsTranscripts = Bool.random(using: &generator)
        generator = SeededGenerator(seed: seed &* 4)
        var takeovers = 0
        line = Self.lane(seconds, every: 500...3_500, &generator) {
            while true {
                let blow = LineBlow.random(using: &$0)
                if blow.isTakeover { takeovers += 1 }
                if !blow.isTakeover || takeovers <= Self.mostTakeovers { return blow }
            }
        }
        generator = SeededGenerator(seed: seed &* 4 &+ 1)
        // Where the history is a web page a reply is believed, by design: an announce run's text, too.
        let avoided = persona == .announce ? GatewayBlow.disturbed(.page, .zero).name : nil
        gateway = Self.lane(seconds, every: 1_000...6_000, &generator) { generator in
            while true {
                let blow = GatewayBlow.random(using: &generator)
                if blow.name != avoided { return blow }
            }
        }
        generator = SeededGenerator(seed: seed &* 4 &+ 2)
        bridge = Self.lane(seconds, every: 1_500...7_000, &generator) { BridgeBlow.random(using: &$0) }
    }

    private static func lane<Blow>(
        _ seconds: Int, every milliseconds: ClosedRange<Int>, _ generator: inout SeededGenerator,
        make: (inout SeededGenerator) -> Blow
    ) -> [Planned<Blow>] {
        var (left, blows) = (seconds * 1_000, [Planned<Blow>]())
        while left > 0 {
            let pause = Int.random(in: milliseconds, using: &generator)
            left -= pause
            blows.append(Planned(pause: .milliseconds(pause), blow: make(&generator)))
        }
        return blows
    }
}
