import Agent
import Testing

@testable import OpenClaw

/// Whatever the order of replies, rows, refusals, cuts, deadlines and hang-ups.
@Suite("The laws of every form of asking")
struct FormLawTests {
    private static let seeds: Range<UInt64> = 0..<150

    @Test("asked once, ended once, freed once, and no other's words", arguments: FormWorld.Kind.allCases)
    func laws(kind: FormWorld.Kind) {
        for seed in Self.seeds {
            var world = FormWorld(kind, seed: seed)
            world.play()
            let complaints = Self.complaints(world, kind)
            guard complaints.isEmpty else {
                Issue.record("\(kind), seed \(seed): \(complaints)\n\(world.story.joined(separator: "\n"))")
                return
            }
        }
    }

    private static func complaints(_ world: FormWorld, _ kind: FormWorld.Kind) -> [String] {
        var complaints: [String] = []
        if world.sends != (kind == .earlier ? 0 : 1) { complaints.append("asked \(world.sends) times") }
        let isOpen = world.outcomes.isEmpty && !world.wasCancelled
        if world.outcomes.count > 1 || isOpen { complaints.append("ended \(world.outcomes.count) times") }
        let isLast = world.outcomes.contains {
            switch $0 {
            case .notAsked, .wasNotAsked: true
            default: false
            }
        }
        if world.releases > 1 || world.releases == 0 && !isLast {
            complaints.append("freed \(world.releases) times")
        }
        if world.afterEnd > 0 { complaints.append("told something after the end") }
        if world.steps > 2_000 { complaints.append("\(world.steps) steps") }
        for text in world.progress + world.outcomes.compactMap(Self.text)
        where text.contains("foreign") || text.contains("[ct:") {
            complaints.append("said \(text)")
        }
        return complaints
    }

    private static func text(_ event: AskingEvent) -> String? {
        if case .outcome(.reply(let text)) = event { text } else { nil }
    }
}
