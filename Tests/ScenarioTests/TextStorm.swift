import Foundation
import Simulator
import TestSupport

/// 200 text messages to a bridge that is killed again and again, at points that a seed chooses: the nth line of its log,
/// the nth call at the gateway, the nth thing that the service sees.
final class TextStorm {
    static let textCount = 200
    private static let leastKills = 15

    let stage: Stage
    private var generator: SeededGenerator
    private var next = 0
    /// Of which it is not known that they are in the spool; the service sends them again after the next login.
    private var unconfirmed: Set<Int> = []
    private(set) var kills = 0

    init(seed: UInt64, stage: Stage) { (generator, self.stage) = (SeededGenerator(seed: seed), stage) }

    /// Kills until enough is killed and all is sent. - Returns: the bridge that is left, nil when one did not log in.
    func run() async throws -> BridgeProcess? {
        while true {
            let bridge = try stage.run()
            guard await stage.login(kills + 1) else { return nil }
            for number in unconfirmed.sorted() { await send(number) }
            guard next < Self.textCount || kills < Self.leastKills else { return bridge }
            for _ in 0..<Int.random(in: 5...20, using: &generator) where next < Self.textCount {
                unconfirmed.insert(next)
                await send(next)
                next += 1
            }
            await waitForSomething(bridge)
            bridge.signal(SIGKILL)
            _ = await bridge.exit()
            kills += 1
            for line in bridge.log.entries { confirm(line) }
        }
    }

    /// Every text again: each is known.
    func sendAllAgain() async { for number in 0..<Self.textCount { await send(number) } }

    private func send(_ number: Int) async {
        await stage.text("t\(number)", "This is text #\(number)#.", from: "+1555000\(number % 20)")
    }

    private func confirm(_ line: String) {
        guard let match = line.firstMatch(of: /text received message=t(\d+)/) else { return }
        Int(match.output.1).map { _ = unconfirmed.remove($0) }
    }

    private func waitForSomething(_ bridge: BridgeProcess) async {
        let count = Int.random(in: 1...30, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: await more(count, in: bridge.log)
        case 1: await more(count, in: stage.gateway.calls)
        default: await more(count, in: stage.service.journal)
        }
    }

    /// Waits for so many more entries; when nothing is left to do they do not come.
    private func more<Entry>(_ count: Int, in journal: EventJournal<Entry>) async {
        let target = journal.entries.count + count
        _ = await journal.first(within: .seconds(3), in: { $0.count >= target ? $0.last : nil })
    }
}
