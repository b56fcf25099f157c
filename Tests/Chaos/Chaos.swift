import Foundation
import Simulator

/// Work while everything breaks: the real program against stand-ins in this process, with blows that a seed plans. It
/// ends with 1 when a question or a text was lost, asked twice or answered wrongly, or something was left behind.
/// usage: Chaos PROGRAM SECONDS SEED
@main
struct Chaos {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 3, let program = arguments.first,
            let seconds = arguments.dropFirst().first.flatMap({ Int($0) }), seconds > 0,
            let seed = arguments.last.flatMap({ UInt64($0) })
        else {
            FileHandle.standardError.write(Data("usage: Chaos PROGRAM SECONDS SEED\n".utf8))
            exit(64)
        }
        say("seed \(seed)")
        let plan = ChaosPlan(seed: seed, seconds: seconds)
        say("gateway \(plan.persona.rawValue), \(plan.agentTime) an answer, compression \(plan.usesDeflate)")
        let stage = try await ChaosStage(program: program, seed: seed, plan: plan)
        if !stage.disk.isOwn { say("no disk of our own could be mounted: it is not filled up") }
        let judgement = try await ChaosRun(stage, plan, seconds: seconds).run()
        table(stage.tally.rows)
        table(judgement.rows)
        guard judgement.complaints.isEmpty else {
            let log = FileManager.default.temporaryDirectory.appending(path: "chaos-\(seed).log")
            try stage.story.write(to: log, atomically: true, encoding: .utf8)
            judgement.complaints.forEach { say("seed \(seed): \($0)") }
            say("seed \(seed): what happened is in \(log.path)")
            stage.remove()
            exit(1)
        }
        stage.remove()
        say("seed \(seed): all is well")
    }

    private static func table(_ rows: [(name: String, count: Int)]) {
        let width = rows.map(\.name.count).max() ?? 0
        for (name, count) in rows {
            say(name.padding(toLength: width, withPad: " ", startingAt: 0) + "  \(count)")
        }
    }

    /// At once, also into a pipe.
    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
