import Wire

/// Which calls and questions were open, for the process that comes after one that was killed: it greets nobody twice,
/// tells whoever still waits the truth, and revives no call that ended. It holds ids and times, no contents.
package final class CallJournal {
    /// What was open when the last process ended.
    package struct Past: Equatable, Sendable {
        package var open: [Question] = []
        /// Calls that were greeted and have not ended, and how many seconds ago they were heard of last.
        package var greetedCalls: [String: Int] = [:]
        /// Calls that ended within the last hour, and how many seconds ago.
        package var endedCalls: [String: Int] = [:]
    }

    private enum Entry {
        case asked(AnswerChannel, callID: String?)
        case told(AnswerChannel)
        case greeted(callID: String)
        case ended(callID: String)
    }

    private let file: any JournalFile
    private let now: () -> Int
    private var state = JournalState()
    private var byteCount = 0
    /// Beyond this the journal begins anew.
    private var tidySize = CallJournal.leastTidySize
    private let soon: (@escaping () -> Void) -> Void
    /// Written with what comes next, or soon.
    private var unwritten: [UInt8] = []

    private static let leastTidySize = 64 << 10

    /// - Parameters:
    ///   - now: in seconds of a ``SteadyClock``.
    ///   - soon: calls back before the thread rests, never inside the call.
    package init(
        _ file: any JournalFile, now: @escaping () -> Int, soon: @escaping (@escaping () -> Void) -> Void
    ) {
        (self.file, self.now, self.soon) = (file, now, soon)
    }

    /// What the last process left; the journal begins anew with it, each entry with its own time. Until it is told, whoever
    /// comes after us must know it, too.
    package func recover() -> Past {
        let (bytes, now) = (file.read(), now())
        // The last line of a process that was killed may be half a line.
        let whole = bytes[..<(bytes.lastIndex(of: UInt8(ascii: "\n")) ?? 0)]
        for line in whole.split(separator: UInt8(ascii: "\n")) {
            // What seems to come from the future counts as new, or it would never grow old.
            if let (time, entry) = Self.parse(line) { note(entry, at: min(time, now)) }
        }
        beginAnew()
        return Past(
            open: state.inOrder.map(\.question),
            greetedCalls: state.greeted.mapValues { now - $0 },
            endedCalls: state.ended.times.mapValues { now - $0 })
    }

    package func asked(_ question: Question) { append(.asked(question.channel, callID: question.callID)) }

    /// The service has the result of a question, or it came too late for anybody. What is only written may be lost with
    /// the line and the process, and would then be asked again.
    ///
    /// Nobody waits for this entry, but the next question may be there already: both are written at once then.
    package func told(_ channel: AnswerChannel) {
        note(.told(channel), at: now())
        let isFirst = unwritten.isEmpty
        unwritten += Self.line(now(), .told(channel))
        if isFirst { soon { [weak self] in self?.write() } }
    }

    package func greeted(_ callID: String) { append(.greeted(callID: callID)) }

    package func ended(_ callID: String) { append(.ended(callID: callID)) }

    private func note(_ entry: Entry, at time: Int) {
        switch entry {
        case .asked(let channel, let callID):
            state.asked(Question(channel: channel, callID: callID, text: ""), at: time)
        case .told(let channel): state.told(channel)
        case .greeted(let callID): state.greeted(callID, at: time)
        case .ended(let callID): state.ended(callID, at: time)
        }
    }

    private func append(_ entry: Entry) {
        note(entry, at: now())
        unwritten += Self.line(now(), entry)
        write()
    }

    private func write() {
        guard !unwritten.isEmpty else { return }
        guard byteCount <= tidySize else { return beginAnew() }
        file.append(unwritten)
        byteCount += unwritten.count
        unwritten = []
    }

    /// Only after the journal has doubled again: many calls that are kept do not have it written over and over.
    private func beginAnew() {
        state.forgetOld(now: now())
        let bytes =
            state.greeted.sorted { $0.key < $1.key }.flatMap { Self.line($0.value, .greeted(callID: $0.key)) }
            + state.ended.inOrder.flatMap { Self.line($0.time, .ended(callID: $0.callID)) }
            + state.inOrder.flatMap {
                Self.line($0.askedAt, .asked($0.question.channel, callID: $0.question.callID))
            }
        file.replace(with: bytes)
        (byteCount, unwritten) = (bytes.count, [])
        tidySize = max(Self.leastTidySize, 2 * byteCount)
    }

    // MARK: Lines: time, sign, channel, id, call; ids percent-encoded, so that one is a word.

    private static func line(_ time: Int, _ entry: Entry) -> [UInt8] {
        switch entry {
        case .asked(let channel, let callID): line(time, "?", [kind(channel), channel.id, callID ?? ""])
        case .told(let channel): line(time, "!", [kind(channel), channel.id])
        case .greeted(let callID): line(time, "+", [callID])
        case .ended(let callID): line(time, "-", [callID])
        }
    }

    private static func line(_ time: Int, _ sign: Unicode.Scalar, _ words: [String]) -> [UInt8] {
        var line = Array(String(time).utf8)
        line.reserveCapacity(120)
        line += [0x20, UInt8(ascii: sign)]
        for word in words {
            line.append(0x20)
            line += PercentEncoding.encode(word).utf8
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private static func parse(_ line: ArraySlice<UInt8>) -> (Int, Entry)? {
        let words = String(decoding: line, as: UTF8.self).split(
            separator: " ", omittingEmptySubsequences: false)
        guard words.count >= 3, let time = Int(words[0]) else { return nil }
        switch (words[1], words.count) {
        case ("+", 3): return (time, .greeted(callID: PercentEncoding.decode(words[2])))
        case ("-", 3): return (time, .ended(callID: PercentEncoding.decode(words[2])))
        case ("!", 4): return channel(words[2], words[3]).map { (time, .told($0)) }
        case ("?", 5):
            let callID = words[4].isEmpty ? nil : PercentEncoding.decode(words[4])
            return channel(words[2], words[3]).map { (time, .asked($0, callID: callID)) }
        default: return nil
        }
    }

    private static func kind(_ channel: AnswerChannel) -> String {
        switch channel {
        case .tool: "tool"
        case .speech: "speech"
        case .walkie: "walkie"
        }
    }

    private static func channel(_ kind: Substring, _ id: Substring) -> AnswerChannel? {
        switch kind {
        case "tool": .tool(requestID: PercentEncoding.decode(id))
        case "speech": .speech(callID: PercentEncoding.decode(id))
        case "walkie": .walkie(requestID: PercentEncoding.decode(id))
        default: nil
        }
    }
}
