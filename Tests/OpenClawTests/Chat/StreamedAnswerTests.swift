import Agent
import Testing

@testable import OpenClaw

@Suite("A streamed answer: no control token is ever given out, whatever way it is split")
struct StreamedAnswerTests {
    /// What comes in, and what of it a person may hear, joined.
    static let answers: [(String, String)] = [
        ("All good. NO_REPLY", "All good."), ("NO_REPLY", ""), ("**NO_REPLY**", ""), ("HEARTBEAT_OK", ""),
        ("HEARTBEAT_OK\n\nYes. It is.", "Yes. It is."), ("Yes.\n\nHEARTBEAT_OK", "Yes."),
        ("<think>Secret. Very secret.</think>Yes. No.", "Yes. No."),
        ("<thinking>a < b. C > d.\n\nMore.</thinking>\n\nYes.", "Yes."),
        ("Secret.</think>Yes.", "Yes."), ("Yes. <think>Never ended. So", "Yes."),
        ("<final>Yes. It is.</final>", "Yes. It is."),
        ("[[reply_to_current]] Yes. No.", "Yes. No."), ("[[tts:voice. Loud.]] Yes. No.", "Yes. No."),
        ("Here.\nMEDIA:/tmp/a. B.png\nEnjoy. It.", "Here. Enjoy. It."),
        ("MEDIA:/tmp/x.png", ""), ("[Tool Call: exec. Rm.]\nDone. Yes.", "Done. Yes."),
        ("{ \"voice\": \"a. B\" }\nYes. No.", "Yes. No."), (#"{"action":"NO_REPLY"}"#, ""),
        ("Yes.<|im_end|>", "Yes."), ("a < b. C > d. Yes.", "a < b. C > d. Yes."),
        ("<tool_call>{\"x\": 1. }</tool_call>Done. Now.", "Done. Now."),
        ("Your code [ct:0000002a]. Yes.", "Your code. Yes."), ("Love <3. Yes.", "Love <3. Yes."),
        ("Да. Нет. 好的。是", "Да. Нет. 好的。 是"), ("No. Yes.", "No. Yes."),
    ]

    @Test("every split, and every piece alone", arguments: answers)
    func splits(text: String, expected: String) {
        let scalars = Array(text.unicodeScalars)
        for offset in 0...scalars.count {
            #expect(heard([scalars[..<offset], scalars[offset...]]) == expected, "split at \(offset)")
        }
        #expect(heard(scalars.indices.map { scalars[$0...$0] }) == expected)
    }

    @Test("quiet after any piece gives out nothing that would not have been", arguments: answers)
    func quiet(text: String, expected: String) {
        let words = { (text: String) in text.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        let scalars = Array(text.unicodeScalars)
        for offset in 0...scalars.count where !text.contains("Secret.</think>") {
            let said = words(heard([scalars[..<offset], scalars[offset...]], isQuiet: true))
            #expect(said == words(expected), "quiet at \(offset)")
        }
    }

    @Test("nobody listens to more than 16 KiB of one answer")
    func long() {
        var answer = StreamedAnswer()
        var bytes = 0
        for _ in 0..<5_000 { bytes += answer.take("This is one of many. ").joined().utf8.count }
        #expect((14_000...17_000).contains(bytes))
    }

    private func heard(_ pieces: [ArraySlice<Unicode.Scalar>], isQuiet: Bool = false) -> String {
        var answer = StreamedAnswer()
        var said: [String] = []
        for (number, piece) in pieces.enumerated() {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: piece)
            said += answer.take(String(view))
            if isQuiet, number == 0 { said += answer.quiet() }
        }
        return (said + [answer.end()].compactMap(\.self)).joined(separator: " ")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

@Suite("Texts that are meant to hold the loop do not", .timeLimit(.minutes(1)))
struct HostileSentenceTests {
    @Test(
        "a piece of a megabyte is cut and taken apart at once",
        arguments: [".", "......", ". ", "*.", "( ", "\n", "a. ", "`.`"])
    func long(unit: String) {
        var answer = StreamedAnswer()
        _ = answer.take(String(repeating: unit, count: (1 << 20) / unit.utf8.count))
        _ = answer.quiet()
        _ = answer.end()
    }

    @Test("blanks without a marker behind them")
    func marker() {
        let text = String(repeating: " ", count: 16_000) + "["
        #expect(Marker.strip(text) == text)
    }
}
