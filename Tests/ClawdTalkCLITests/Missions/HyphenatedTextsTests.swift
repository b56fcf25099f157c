import Testing

@testable import ClawdTalkCLI

@Suite("Texts that begin with a hyphen")
struct HyphenatedTextsTests {
    @Test(
        "go behind the options",
        arguments: [
            (["create-mission", "n", "- call h"], ["create-mission", "--", "n", "- call h"]),
            (
                ["create-run", "--config", "-x", "m", "-5", "--json", "--server=u"],
                ["create-run", "--config", "-x", "--json", "--server=u", "--", "m", "-5"]
            ),
            (["create-run", "m", "-5", "--", "--x"], ["create-run", "--", "m", "-5", "--x"]),
            (["create-run", "m", "-5", "-h"], ["create-run", "-h", "--", "m", "-5"]),
            (["create-run", "m", "-5", "--server"], ["create-run", "--server", "--", "m", "-5"]),
            (["list-phones", "--available", "-x"], ["list-phones", "--available", "--", "-x"]),
        ])
    func arranged(words: [String], result: [String]) {
        #expect(HyphenatedTexts.arranged(["missions"] + words) == ["missions"] + result)
    }

    @Test(
        "everything else stays as it is",
        arguments: [
            [], ["missions"], ["missions", "-x"], ["ask", "x", "-5"], ["missions", "nonsense", "-5"],
            ["missions", "log-event", "m", "r", "custom", "s", "-", "--json"],
            ["missions", "create-run", "-h"],
            ["missions", "create-run", "m", "{}", "--server", "u"],
        ])
    func untouched(words: [String]) { #expect(HyphenatedTexts.arranged(words) == words) }

    @Test(
        "are refused by call, sms and approval, unless behind --",
        arguments: [
            (["approval", "request", "-push to main"], "-push to main"), (["call", "Hi", "-xh"], "-xh"),
            (["sms", "send", "+1", "it is", "-5"], "-5"),
            (["approval", "request", "x", "--details", "-h x"], "-h x"),
            (["approval", "request", "--", "-push"], nil), (["call", "-h"], nil),
            (["call", "a - b", "-"], nil),
            (["call", "--greeting=-hi"], nil), (["missions", "x", "-5"], nil), (["logs", "-fn5"], nil),
            ([], nil),
        ] as [([String], String?)])
    func refused(words: [String], word: String?) { #expect(HyphenatedTexts.refused(in: words) == word) }
}
