package import Logging
package import Ports

/// Seconds for the ages of work that outlives the process. They start at Unix time, and never jump or go back.
///
/// Within a process they follow the monotonic clock, whatever happens to the wall clock meanwhile. A new process adds the time
/// since the last one, by the wall clock: nothing if it went back or was never set, and at most 6 days. A file records where
/// both clocks stood, one short line after another.
package final class SteadyClock {
    private struct Reading {
        let steady: Int
        let unix: Int
    }

    private let file: any JournalFile
    private let time: any Timekeeper
    private let unixTime: () -> Int
    private let log: Logger
    private let began: (steady: Int, at: Duration)
    /// Where the wall clock stood, and when: a jump is what it has gained or lost against the monotonic clock since.
    private var wall: (unix: Int, at: Duration)
    private var writtenAt: Duration?
    private var byteCount: Int
    private var endsInHalfALine: Bool
    private var timer: (any Cancellable)?

    /// In seconds: below this the clocks only drift.
    private static let smallestJump = 5
    /// In seconds. Shorter than the 7 days for which a report is kept, so that a change of the clock between two processes
    /// costs no report.
    private static let longestAbsence = 6 * 24 * 3600
    /// The beginning of 2024: a machine that shows less has not got the time yet.
    private static let firstPlausible = 1_704_067_200
    private static let lookInterval = Duration.seconds(60)
    private static let writeInterval = Duration.seconds(3600)
    /// In bytes: beyond this the file begins anew.
    private static let tidySize = 4 << 10

    /// - Parameter unixTime: in seconds.
    package init(
        _ file: any JournalFile, time: any Timekeeper, unixTime: @escaping () -> Int, log: Logger
    ) {
        (self.file, self.time, self.unixTime, self.log) = (file, time, unixTime, log)
        let unix = unixTime()
        let bytes = file.read()
        let last = Self.last(in: bytes)
        byteCount = bytes.count
        endsInHalfALine = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
        began = (last.map { $0.steady + Self.absence(from: $0.unix, to: unix) } ?? unix, time.now)
        wall = (unix, time.now)
    }

    private static func absence(from last: Int, to now: Int) -> Int {
        last < firstPlausible ? 0 : min(max(now - last, 0), longestAbsence)
    }

    /// Looks at the wall clock every minute, and writes; ``stop()`` ends it.
    package func start() {
        write()
        look()
        arm()
    }

    package func stop() {
        timer?.cancel()
        look()
        write()
    }

    package var now: Int {
        look()
        return steadyNow
    }

    /// This moment, to be kept.
    package var stamp: Timestamp { Timestamp(unix: unixTime(), steady: now) }

    /// How many seconds ago that was, never less than 0.
    package func age(of stamp: Timestamp) -> Int { max(0, now - stamp.steady) }

    /// The least Unix time at which that can have been, whichever of the two is right: what the wall clock showed then, or
    /// what it would have shown had it been right as it is now.
    package func earliestUnixTime(of stamp: Timestamp) -> Int {
        min(stamp.unix, stamp.steady + unixTime() - now)
    }

    private var steadyNow: Int { began.steady + Int((time.now - began.at).components.seconds) }

    private func arm() {
        timer = time.schedule(after: Self.lookInterval) { [weak self] in
            guard let self else { return }
            look()
            if writtenAt.map({ time.now - $0 >= Self.writeInterval }) ?? true { write() }
            arm()
        }
    }

    private func look() {
        let (unix, now) = (unixTime(), time.now)
        let jump = unix - wall.unix - Int((now - wall.at).components.seconds)
        guard abs(jump) >= Self.smallestJump else { return }
        wall = (unix, now)
        log.notice("the clock of this machine was changed", metadata: ["seconds": "\(jump)"])
        // The next process is not to count this as time that passed.
        write()
    }

    // MARK: The file

    private func write() {
        writtenAt = time.now
        let line = Array("\(endsInHalfALine ? "\n" : "")\(steadyNow) \(unixTime())\n".utf8)
        endsInHalfALine = false
        if byteCount > Self.tidySize {
            file.replace(with: line)
            byteCount = line.count
        } else {
            file.append(line)
            byteCount += line.count
        }
    }

    /// The last line of a process that was killed may be half a line.
    private static func last(in bytes: [UInt8]) -> Reading? {
        guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
        let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"))
        return lines.reversed().lazy.compactMap { line in
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 2, let steady = seconds(words[0]), let unix = seconds(words[1]) else {
                return nil
            }
            return Reading(steady: steady, unix: unix)
        }.first
    }

    private static func seconds(_ word: Substring) -> Int? {
        Int(word).flatMap { (0...1 << 40).contains($0) ? $0 : nil }
    }
}
