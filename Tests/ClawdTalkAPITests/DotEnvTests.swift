import Testing

@testable import ClawdTalkAPI

@Suite("The usual rules of .env files")
struct DotEnvTests {
    @Test(
        "one line",
        arguments: [
            ("A=b", "b"), ("A = b ", "b"), ("export A=b", "b"), ("A=b=c&d", "b=c&d"), ("A=\"b c\"", "b c"),
            ("A='b # c'", "b # c"),
            ("A=b # comment", "b"), ("A=b#c", "b#c"), ("A=\"b\\n\\\"c\"", "b\n\"c"), ("A='b\\n'", "b\\n"),
            ("A=", ""), ("A=\"b\" # c", "b"),
            ("A=\"open", "\"open"), ("A=$(rm -rf x)", "$(rm -rf x)"), ("A=${B}", "${B}"), ("  A=b", "b"),
        ])
    func line(text: String, expected: String) {
        #expect(DotEnv(parsing: text).values == ["A": expected])
    }

    @Test("files: CRLF, comments, no last line end; the first assignment wins; other lines are passed over")
    func file() {
        let text = "# c\r\nA=1\r\n\r\nB=2\r\nA=3\r\nnonsense\r\n1X=2\r\nexported=4\r\nC=5"
        #expect(DotEnv(parsing: text).values == ["A": "1", "B": "2", "exported": "4", "C": "5"])
    }

    @Test(
        "references",
        arguments: [
            ("${NAME}", "NAME"), ("${_a1}", "_a1"), ("${1a}", nil), ("${}", nil), ("x${NAME}", nil),
            ("${A}${B}", nil), ("$NAME", nil),
        ] as [(String, String?)])
    func reference(text: String, expected: String?) {
        #expect(EnvironmentName.reference(in: text) == expected)
    }
}
