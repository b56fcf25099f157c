import Testing

@testable import ClawdTalkAPI

@Suite("A .env file in which one name is set or removed")
struct DotEnvSettingTests {
    @Test(
        "only that line changes",
        arguments: [
            ("", "K=v\n"), ("A=1\n", "A=1\nK=v\n"), ("A=1", "A=1\nK=v\n"), ("K=old\n", "K=v\n"),
            ("K=old", "K=v"),
            ("A=1\nK=old # note\nB=2\n", "A=1\nK=v\nB=2\n"), ("# K=no\n", "# K=no\nK=v\n"),
            ("KK=1\n", "KK=1\nK=v\n"),
            ("A=1\r\nK=old\r\nB=2\r\n", "A=1\r\nK=v\r\nB=2\r\n"), ("A=1\r\n", "A=1\r\nK=v\r\n"),
            ("A=1\r\nB=2", "A=1\r\nB=2\r\nK=v\r\n"), ("export K=old\n", "export K=v\n"),
            ("  export\tK = 'old'\n", "  export\tK=v\n"), ("  K=old\n", "  K=v\n"),
            ("\n\n# end", "\n\n# end\nK=v\n"),
            // The first one counts.
            ("K=1\nK=2\n", "K=v\nK=2\n"), ("A=\"é\u{2028}🦞\"\n", "A=\"é\u{2028}🦞\"\nK=v\n"),
        ])
    func sets(text: String, expected: String) {
        let changed = DotEnv.setting("K", to: "v", in: text)
        #expect(Array(changed.utf8) == Array(expected.utf8))
        #expect(DotEnv(parsing: changed).values["K"] == "v")
        #expect(DotEnv.setting("K", to: "v", in: changed) == changed)
    }

    @Test(
        "only those lines go",
        arguments: [
            ("", ""), ("K=v\n", ""), ("A=1\nK=v\n", "A=1\n"), ("A=1\r\nK=v\r\nB=2\r\n", "A=1\r\nB=2\r\n"),
            ("export K=v\nA=1", "A=1"), ("K=1\nA=1\nK=2\n", "A=1\n"), ("# K=v\nKK=1\n", "# K=v\nKK=1\n"),
            ("A=1", "A=1"),
        ])
    func removes(text: String, expected: String) {
        #expect(Array(DotEnv.removing("K", from: text).utf8) == Array(expected.utf8))
    }

    @Test(
        "every value comes back as it was",
        arguments: [
            "v", "cc_live-1.2", "", " a b ", "a#b", "a #b", "a\"b", "a'b", "'ab'", "\"", "\\", "a\\nb",
            "a\nb", "a\r\nb", "a\tb",
            "$HOME", "${X}", "`id`", "é🦞", "a=b", "\u{85}\u{2028}\u{2029}\u{0B}\u{0C}",
            "a\", \"server\": \"http://evil",
            "\u{1}\u{7F}", "e\u{301}", "\u{301}x", "\r",
        ])
    func roundTrip(value: String) {
        for text in ["", "A=1\r\n", "export K='old'\nB=2\n"] {
            let parsed = DotEnv(parsing: DotEnv.setting("K", to: value, in: text)).values
            #expect(parsed["K"].map { Array($0.utf8) } == Array(value.utf8), "\(text)")
            #expect(parsed["B"] == (text.contains("B") ? "2" : nil))
        }
    }
}
