import Testing

@testable import Agent

@Suite("Sentences out of a text that comes in pieces")
struct SentenceSplitterTests {
    private static let words = ControlWords(
        tokens: ["NO_REPLY", "HEARTBEAT_OK"], linePrefixes: ["MEDIA:", "[Tool Call:"])

    /// A text with `|` where a sentence ends before more is known than this text.
    static let texts = [
        "One. |Two! |Three? |Four… |Five",
        "Two things: the dentist at 10.30, and 3.5 km. |Then lunch at 17:42. |Yes",
        "Ask Dr. Tomás, Mr. J. Smith and Prof. Lee. |They know, e.g. Ana does. |Well",
        "Wait for it... |Now. |\"Is it?\" |She said \"yes.\" |Fine",
        "He said \"no.\" and left. |Version 2.0.1 is out",
        "See trains.example/board?id=42. |It is on time. |So",
        "今日は二つあります。|歯医者は十時です！|「はい。」|それから",
        "你好！|今天有两件事。|好的？|嗯",
        "هل أنت بخير؟ |نعم. |حسنا",
        "आज दो काम हैं। |दाँत का डॉक्टर दस बजे। |और",
        "A paragraph\n\n|another one\n\n|third",
        "Two things:\n|- the dentist\n|- lunch. |With Tomás\n|- more",
        "List:\n|1. First item\n|2. Second one\n|3) Third",
        "# A heading\n|Some text",
        "Soft line\nbreaks do not. |End",
        "**Bold. Still bold.** |Next `a. B` stays. |So [a. B](x. Y) too. |And (this. Too). |Last",
        "**Done.** |Next",
        "```swift\nlet a = 1. Then\n\n- x\n```\n|After",
        "Here.\n|MEDIA:/tmp/a b. C.png\n|Enjoy. |It",
        "Am 3. November um 8 Uhr, z.B. bei Hr. Maier. |Gut",
        "It was in 2026. |Then No. 5 came. |So",
        "No end at all",
        "one. two. three",
        "Really?! |Yes",
        "Emoji 🦷. |Next 👩‍👩‍👧! |Last. 🦷 👩‍👩‍👧 ☀️ |End",
        "| a | b. C |\n|| d | e |\n|After",
    ]

    @Test("one at a time, whatever way the text is split", arguments: texts)
    func splits(text: String) {
        // In a table row the bars are the text's own.
        let isTable = text.hasPrefix("| ")
        let parts =
            isTable
            ? ["| a | b. C |\n", "| d | e |\n", "After"]
            : text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let whole = parts.joined()
        let scalars = Array(whole.unicodeScalars)
        for offset in 0...scalars.count {
            var splitter = SentenceSplitter(Self.words)
            var found: [String] = []
            for piece in [scalars[..<offset], scalars[offset...]] {
                var view = String.UnicodeScalarView()
                view.append(contentsOf: piece)
                found += splitter.take(String(view))
            }
            #expect(found + [splitter.end()] == parts, "split at \(offset)")
        }
        var splitter = SentenceSplitter(Self.words)
        let found = scalars.flatMap { splitter.take(String($0)) }
        #expect(found + [splitter.end()] == parts)
    }

    @Test(
        "quiet ends what ends like a sentence, and nothing else",
        arguments: [
            ("Let me look that up.", true), ("Let me check:", true), ("Is it?", true), ("好的。", true),
            ("**Done.**", true), ("Ask Dr.", false), ("Let me", false), ("MEDIA:", false), ("MED", false),
            ("It (as you know.", false), ("**Now.", false), ("[ct:", false), ("```\na.", false),
            ("- one", false),
            ("- one.", true), ("It costs 3.", true), ("J.", false), ("Good. 🦷", true), ("", false),
            ("{\"voice\":", false),
        ])
    func quiet(text: String, isSaid: Bool) {
        var splitter = SentenceSplitter(Self.words)
        #expect(splitter.take(text).isEmpty)
        #expect(splitter.quiet() == (isSaid ? [text] : []))
        #expect(splitter.end() == (isSaid ? "" : text))
    }

    @Test(
        "a text that goes on after a pause without a blank is another one",
        arguments: [
            ("Let me look that up.", "Two things", 0, ["Let me look that up.\n\n"]),
            ("Let me look:", "Two things", 0, ["Let me look:\n\n"]), ("Really?", "I see", 0, ["Really?\n\n"]),
            ("Let me check that", "Two things", 500, ["Let me check that\n\n"]),
            ("Let me check that", "Two things", 300, []), ("Open", "AI", 500, []),
            ("the U.", "S. too", 900, []),
            ("It costs 3.", "50 euros", 900, []), ("Ask Dr.", "Lee", 900, []),
            ("trains.", "example", 900, []),
            ("Node.", "JS", 900, []), ("One.", " Two", 400, ["One. "]), ("", "Two", 900, []),
            ("Yes. ", "No", 0, []),
            ("Yes. ", "Now", 0, ["Yes. "]), ("Yes. ", "NO_REPLY", 0, []), ("Yes. ", "**HEART", 0, []),
        ])
    func seams(first: String, second: String, pause: Int, expected: [String]) {
        var splitter = SentenceSplitter(Self.words)
        #expect(splitter.take(first).isEmpty)
        #expect(splitter.take(second, afterPause: .milliseconds(pause)) == expected)
    }

    @Test("what never closes holds nothing back for long")
    func open() {
        var splitter = SentenceSplitter(Self.words)
        let found = splitter.take("(This never closes. " + String(repeating: "And so on. ", count: 60))
        #expect(!found.isEmpty)
    }

    @Test("a long text without an end is no work without end")
    func long() {
        var splitter = SentenceSplitter(Self.words)
        for _ in 0..<1_000 { #expect(splitter.take("word ").isEmpty) }
        #expect(splitter.end().count == 5_000)
    }
}
