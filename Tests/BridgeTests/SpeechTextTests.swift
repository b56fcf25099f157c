import Testing

@testable import Bridge

@Suite("Speech: every script stays, markup goes")
struct SpeechTextTests {
    @Test(
        "scripts are spoken unchanged",
        arguments: [
            "Привет, мир! Встреча в 10:30.", "你好，今天有两个会议。", "مرحبا، لديك موعد اليوم.", "שלום, יש לך פגישה.",
            "नमस्ते, आज दो बैठकें हैं।", "こんにちは。会議は3時です。", "안녕하세요.", "Γειά σου.", "Zażółć gęślą jaźń — naïve café.",
            "It costs 5 € or 3.14 £, i.e. 20%.", "a < b and 2 * 3 = 6", "Use snake_case_names here.",
            "C# is fine.", "Half-past ten.",
            "-5 degrees", "AT&T", "1999. That was a year.",
        ])
    func unchanged(text: String) {
        #expect(SpeechText.make(from: text) == text)
    }

    @Test(
        "markup goes, its words stay",
        arguments: [
            ("**Bold** and *slanted* and __both__ and _one_", "Bold and slanted and both and one"),
            ("# Today\nTwo meetings", "Today. Two meetings"),
            ("Buy:\n- milk\n- eggs\n\nThen rest", "Buy: milk. eggs. Then rest"),
            ("1. First\n2. Second", "1. First. 2. Second."),
            ("- [x] done\n- [ ] open", "done. open."),
            ("> quoted words", "quoted words"),
            ("Run `ls -l` now", "Run ls -l now"),
            ("```swift\nlet a = 1\n```", "let a = 1."),
            ("See [the site](https://a.example/x?y=1).", "See the site."),
            ("![a cat](https://a.example/cat.png)", "a cat"),
            ("Go to https://www.example.com/a/b?c=d#e, then call.", "Go to example.com, then call."),
            ("<https://example.com/x>", "example.com"),
            ("Look: http://user:pw@example.org:8080/path.", "Look: example.org."),
            ("<b>Big</b><br>news", "Big news"),
            ("| Name | Age |\n|---|---|\n| Ana | 7 |", "Name, Age. Ana, 7."),
            ("~~old~~ new", "old new"),
            ("Fish &amp; chips &lt;3", "Fish & chips <3"),
            ("One\n\n---\n\nTwo", "One. Two"),
            ("wrapped\nline", "wrapped line"),
            ("\\*not bold\\*", "*not bold*"),
            ("too   many\tblanks ", "too many blanks"),
        ])
    func markup(text: String, expected: String) {
        #expect(SpeechText.make(from: text) == expected)
    }

    @Test(
        "emoji go, digits and signs stay",
        arguments: [
            ("Done ✅ and 🎉 happy 👨‍👩‍👧 end", "Done and happy end"), ("Press 1️⃣ now", "Press 1 now"),
            ("© 2026 ™", "© 2026 ™"),
            ("🇵🇹 Porto ☀️", "Porto"), ("👍🏽", ""), ("क्‍ष stays", "क्‍ष stays"),
        ])
    func emoji(text: String, expected: String) {
        #expect(SpeechText.make(from: text) == expected)
    }

    @Test(
        "no text can hold the loop", .timeLimit(.minutes(1)),
        arguments: [
            "**", "*a ", "*a", "__", "_a ", "[x](", "![", "[a][", "https://", "https://a.b/", "<b ", "<br ",
            "`", "# ",
            "|a", "\\*", "&amp;", "~~", "- ", "> ", "👍", "1. ", "a.",
        ])
    func hostile(piece: String) {
        let text = String(repeating: piece, count: (16 << 10) / piece.utf8.count)
        #expect(SpeechText.make(from: text).utf16.count <= SpeechText.maximumLength)
    }

    @Test("at most 2,000 characters, cut at the end of a sentence")
    func sentence() {
        let text = String(repeating: "This is a sentence. ", count: 150)
        let speech = SpeechText.make(from: text)
        #expect(speech.utf16.count <= 2_000 && speech.hasSuffix("sentence."))
        #expect(speech.utf16.count > 1_950)
    }

    @Test("else at the end of a word, else of a character")
    func wordOrCharacter() {
        #expect(SpeechText.limited("one two three", to: 9) == "one two")
        #expect(SpeechText.limited("abcdefgh", to: 5) == "abcde")
        #expect(SpeechText.limited("ab👨‍👩‍👧cd", to: 5) == "ab")
        #expect(SpeechText.limited("Pi is 3.14159 today", to: 10) == "Pi is")
        #expect(SpeechText.limited("好的。再见。还有", to: 7) == "好的。再见。")
        #expect(SpeechText.limited("short", to: 5) == "short")
    }
}
