import Testing

@testable import JSON5

@Suite("JSON5 §3.1 Keys")
struct JSON5ParserKeyTests {
    static let keys: [(String, String)] = [
        ("a", "a"), ("A", "A"), ("$", "$"), ("_", "_"), ("a1", "a1"), ("$_$", "$_$"),
        ("camelCase", "camelCase"), ("null", "null"), ("true", "true"), ("while", "while"),
        ("Infinity", "Infinity"), ("NaN", "NaN"), ("e1", "e1"), ("é", "é"), ("ünïcödé", "ünïcödé"),
        ("日本", "日本"), ("Ⅷ", "Ⅷ"), ("ʰ", "ʰ"), ("ǅ", "ǅ"), ("𝒳", "𝒳"), ("a\u{301}", "a\u{301}"), ("a٣", "a٣"),
        ("a‿b", "a‿b"), ("a\u{200C}\u{200D}", "a\u{200C}\u{200D}"), (#"\u0061"#, "a"), (#"\u0061b"#, "ab"),
        (#"a\u0062"#, "ab"), (#"sig\u03A3ma"#, "sigΣma"), (#"a\u0031"#, "a1"), (#"\u0024\u005F"#, "$_"),
        (#"a\u200d"#, "a\u{200D}"),
    ]

    @Test("A key without quotes is an identifier, escapes included", arguments: keys)
    func readsIdentifiers(_ text: String, _ key: String) throws {
        let document = try JSON5Document(parsing: "{\(text):1}")
        guard case .object(let members) = document.root.value else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.key.unicodeScalars.count) == [key.unicodeScalars.count])
        #expect(document.root[key]?.number == 1)
        #expect(members.first?.keyRange == 1..<1 + text.utf8.count)
    }

    @Test(
        "What is no identifier needs quotes",
        arguments: [
            "1", "1a", "10twenty", "-a", "a-b", "multi-word", "a b", "a.b", "a+", "@a", "#a", "a!",
            "\u{200C}a", "\u{301}a", "٣", "‿a", "😀", "a😀", "€", "a\u{2028}b", #"\u0031a"#, #"\u002D"#,
            #"a\u002Db"#, #"\x61"#, #"\a"#, #"a\"#, #"a\u"#, #"a\u00"#, #"\ud83d\ude00"#, #"\ud83d"#,
            #"\u{61}"#,
        ])
    func refusesOtherKeys(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: "{\(text):1}") }
    }

    @Test("Of duplicate keys the last one counts, and all are kept in order")
    func countsTheLastDuplicate() throws {
        let root = try JSON5Document(parsing: #"{a:1,'a':2,b:0,"\u0061":3}"#).root
        #expect(root["a"]?.number == 3)
        guard case .object(let members) = root.value else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.key) == ["a", "a", "b", "a"])
    }

    @Test("Keys that only look alike are different keys")
    func comparesCodePoints() throws {
        let root = try JSON5Document(parsing: "{'\u{E9}':1,'e\u{301}':2}").root
        #expect(root["\u{E9}"]?.number == 1)
        #expect(root["e\u{301}"]?.number == 2)
    }
}
