import Wire

/// Which calls and questions were open, for the process that comes after one that was killed: it greets nobody twice,
/// and tells whoever still waits the truth. It holds ids and times, no contents.
package final class CallJournal {
    /// What was open when the last process ended.
    package struct Past: Equatable, Sendable {
        package var open: [Question] = []
        package var greetedCalls: Set<String> = []
    }

    private enum Entry {
        case asked(AnswerChannel, callID: String?)
        case told(AnswerChannel)
        case greeted(callID: String)
        case ended(callID: String)
    }

    private let file: any JournalFile
    private let now: () -> Int
    private var open: [AnswerChannel: String?] = [:]
    private var greetedCalls: Set<String> = []
    private var byteCount = 0
    private let soon: (@escaping () -> Void) -> Void
    /// Written with what comes next, or soon.
    private var unwritten: [UInt8] = []

    /// In seconds: the service has given up a question long before, and a call has ended.
    private static let longestQuestion = 300
    private static let longestCall = 4 * 3600
    /// Beyond this the journal begins anew, as soon as nothing is open.
    private static let tidySize = 64 << 10

    /// - Parameters:
    ///   - now: Unix time in seconds.
    ///   - soon: calls back before the thread rests, never inside the call.
    package init(
        _ file: any JournalFile, now: @escaping () -> Int, soon: @escaping (@escaping () -> Void) -> Void
    ) {
        (self.file, self.now, self.soon) = (file, now, soon)
    }

    /// What the last process left; the journal begins anew.
    package func recover() -> Past {
        var past = Past()
        let bytes = file.read()
        // The last line of a process that was killed may be half a line.
        let whole = bytes[..<(bytes.lastIndex(of: UInt8(ascii: "\n")) ?? 0)]
        for line in whole.split(separator: UInt8(ascii: "\n")) {
            guard let (time, entry) = Self.parse(line) else { continue }
            note(entry, age: now() - time, in: &past)
        }
        file.replace(with: [])
        for callID in past.greetedCalls.sorted() { greeted(callID) }
        // Until it is told, whoever comes after us must know it, too.
        for question in past.open { asked(question) }
        return past
    }

    package func asked(_ question: Question) {
        open[question.channel] = .some(question.callID)
        append(.asked(question.channel, callID: question.callID))
    }

    /// The service has the result of a question, or it came too late for anybody. What is only written may be lost with
    /// the line and the process, and would then be asked again.
    ///
    /// Nobody waits for this entry, but the next question may be there already: both are written at once then.
    package func told(_ channel: AnswerChannel) {
        open[channel] = nil
        let isFirst = unwritten.isEmpty
        unwritten += Self.line(now(), .told(channel))
        if mayBeginAnew { write() } else if isFirst { soon { [weak self] in self?.write() } }
    }

    package func greeted(_ callID: String) {
        greetedCalls.insert(callID)
        append(.greeted(callID: callID))
    }

    package func ended(_ callID: String) {
        greetedCalls.remove(callID)
        open = open.filter { $0.value != callID }
        append(.ended(callID: callID))
    }

    private func note(_ entry: Entry, age: Int, in past: inout Past) {
        switch entry {
        case .asked(let channel, let callID) where age <= Self.longestQuestion:
            past.open.append(Question(channel: channel, callID: callID, text: ""))
        case .greeted(let callID) where age <= Self.longestCall: past.greetedCalls.insert(callID)
        case .told(let channel):
            if let index = past.open.firstIndex(where: { $0.channel == channel }) {
                past.open.remove(at: index)
            }
        case .ended(let callID):
            past.greetedCalls.remove(callID)
            past.open.removeAll { $0.callID == callID }
        case .asked, .greeted: break
        }
    }

    private func append(_ entry: Entry) {
        unwritten += Self.line(now(), entry)
        write()
    }

    private var mayBeginAnew: Bool { open.isEmpty && byteCount > Self.tidySize }

    private func write() {
        guard !unwritten.isEmpty else { return }
        if mayBeginAnew {
            let calls = greetedCalls.sorted().flatMap { Self.line(now(), .greeted(callID: $0)) }
            file.replace(with: calls)
            byteCount = calls.count
        } else {
            file.append(unwritten)
            byteCount += unwritten.count
        }
        unwritten = []
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
