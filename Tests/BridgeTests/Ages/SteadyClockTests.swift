import Foundation
import Logging
import TestSupport
import Testing

@testable import Bridge

@Suite("The clock by which ages count")
final class SteadyClockTests {
    private let file = MemoryJournalFile()
    private let time = ManualTime()
    private let journal = LogJournal()
    /// What the machine's clock shows beside the time that passed.
    private var wall = 1_800_000_000
    private var unixTime: Int { wall + Int(time.now.components.seconds) }

    private func makeClock() -> SteadyClock {
        let log = Logger(label: "test") { [journal] _ in journal.handler }
        let clock = SteadyClock(file, time: time, unixTime: { [unowned self] in unixTime }, log: log)
        clock.start()
        return clock
    }

    @Test("a change of the machine's clock makes nothing older or younger", arguments: [-90_000, 90_000])
    func jump(by seconds: Int) {
        let clock = makeClock()
        let stamp = clock.stamp
        time.advance(seconds: 10)
        wall += seconds
        #expect(clock.age(of: stamp) == 10)
        time.advance(seconds: 86_400)
        #expect(clock.age(of: stamp) == 86_410)
        #expect(journal.count(of: "clock of this machine") == 1)
        // The next process does not count it either: this one saw it.
        let next = makeClock()
        #expect((86_410...86_412).contains(next.age(of: stamp)))
    }

    @Test("a process that was killed soon after a jump has told the next one of it")
    func killedAfterJump() {
        let clock = makeClock()
        let stamp = clock.stamp
        wall += 90_000
        time.advance(seconds: 61)
        #expect(makeClock().age(of: stamp) == 61)
    }

    @Test(
        "the time between two processes counts by the machine's clock, at most six days, and never backwards",
        arguments: [(3_600, 3_600), (0, 0), (-90_000, 0), (500 * 86_400, 6 * 86_400)])
    func absence(change: Int, counted: Int) {
        let clock = makeClock()
        let stamp = clock.stamp
        time.advance(seconds: 100)
        clock.stop()
        wall += change
        #expect(makeClock().age(of: stamp) == 100 + counted)
    }

    @Test("a machine that had no time yet makes nothing old when it gets it")
    func unset() {
        wall = 5
        let first = makeClock()
        let stamp = first.stamp
        first.stop()
        wall = 1_800_000_000
        let second = makeClock()
        #expect(second.age(of: stamp) == 0)
        second.stop()
        wall += 60
        #expect(makeClock().age(of: stamp) == 60)
    }

    @Test("the earliest Unix time of a stamp holds whichever clock was right")
    func earliest() {
        let clock = makeClock()
        let stamp = clock.stamp
        time.advance(seconds: 100)
        #expect(clock.earliestUnixTime(of: stamp) == 1_800_000_000)
        wall -= 5_000
        #expect(clock.earliestUnixTime(of: stamp) == 1_799_995_000)
        wall += 10_000
        #expect(clock.earliestUnixTime(of: stamp) == 1_800_000_000)
    }

    @Test("a file that was cut anywhere, or is nonsense, is read as far as it goes")
    func cut() {
        let clock = makeClock()
        time.advance(seconds: 7_200)
        let stamp = clock.stamp
        clock.stop()
        let bytes = file.bytes
        for length in bytes.indices {
            file.bytes = Array(bytes[..<length])
            #expect(makeClock().age(of: stamp) <= 1)
            let after = makeClock()
            after.stop()
            #expect(makeClock().age(of: stamp) <= 1)
        }
        file.bytes = Array("nonsense\n1 2 3\n-5 7\n99999999999999999999 1\n".utf8) + [0xFF, 0x0A]
        #expect(makeClock().now == unixTime)
    }

    @Test("the file does not grow for ever")
    func size() {
        let clock = makeClock()
        for _ in 0..<2_000 { time.advance(seconds: 3_600) }
        clock.stop()
        #expect(file.bytes.count < 5_000)
    }

    @Test(
        "a time is one number where the clocks agree, else two; what earlier versions wrote is read",
        arguments: [("[5]", Timestamp(unix: 5, steady: 5)), ("[[5,7]]", Timestamp(unix: 5, steady: 7))])
    func coding(json: String, stamp: Timestamp) throws {
        #expect(String(decoding: try JSONEncoder().encode([stamp]), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode([Timestamp].self, from: Data(json.utf8)) == [stamp])
    }
}
