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

    /// In seconds: the service has given up a question long before, and a call has ended.
    private static let longestQuestion = 300
    private static let longestCall = 4 * 3600
    /// Beyond this the journal begins anew, as soon as nothing is open.
    private static let tidySize = 64 << 10

    /// - Parameter now: Unix time in seconds.
    package init(_ file: any JournalFile, now: @escaping () -> Int) { (self.file, self.now) = (file, now) }

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
    package func told(_ channel: AnswerChannel) {
        open[channel] = nil
        append(.told(channel))
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
        let line = Self.line(now(), entry)
        if open.isEmpty, byteCount > Self.tidySize {
            let calls = greetedCalls.sorted().flatMap { Self.line(now(), .greeted(callID: $0)) }
            file.replace(with: calls)
            byteCount = calls.count
        } else {
            file.append(line)
            byteCount += line.count
        }
    }

    // MARK: Lines: time, sign, channel, id, call; ids percent-encoded, so that one is a word.

    private static func line(_ time: Int, _ entry: Entry) -> [UInt8] {
        let words: [String] =
            switch entry {
            case .asked(let channel, let callID):
                ["?"] + words(channel) + [callID.map(PercentEncoding.encode) ?? ""]
            case .told(let channel): ["!"] + words(channel)
            case .greeted(let callID): ["+", PercentEncoding.encode(callID)]
            case .ended(let callID): ["-", PercentEncoding.encode(callID)]
            }
        var line = Array(String(time).utf8)
        for word in words {
            line.append(0x20)
            line += word.utf8
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

    private static func words(_ channel: AnswerChannel) -> [String] {
        switch channel {
        case .tool(let id): ["tool", PercentEncoding.encode(id)]
        case .speech(let id): ["speech", PercentEncoding.encode(id)]
        case .walkie(let id): ["walkie", PercentEncoding.encode(id)]
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
