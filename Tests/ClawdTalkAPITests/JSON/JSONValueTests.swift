import Foundation
import Testing

@testable import ClawdTalkAPI

@Suite("JSON that is kept as it was written")
struct JSONValueTests {
    @Test(
        "what is read is written again",
        arguments: [
            "null", "true", "false", "0", "-0", "1.0", "1e5", "1E-7", "123456789012345678901234567890",
            "\"\"",
            #""é ü 日本 🎉""#, #""a\"b\\c\n\t\r\b\f""#, #""\u0000\u001b\u007f\u0085""#, "[]", "{}",
            "[1,[2,[3]],{}]",
            #"{"z":1,"a":{"b":[null,true]},"":""}"#, #"{"a/b":"c/d"}"#,
        ])
    func roundTrip(text: String) throws {
        let value = try #require(JSONValue(parsing: text))
        #expect(value.compactText == text)
        for written in [value.prettyText, value.stateText] {
            #expect(JSONValue(parsing: written) == value)
            #expect(
                try JSONSerialization.jsonObject(with: Data(written.utf8), options: .fragmentsAllowed)
                    is NSObject)
        }
        #expect(value.stateText.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(
        "what is not JSON is nothing",
        arguments: [
            "", " ", "{", "[1,]", "{a:1}", "'a'", "// c\n1", "NaN", "Infinity", "01", "+1", ".5", "1 2",
            "\"\n\"",
            "<html>", #"{"a":1,}"#, "tru", #""\x41""#,
        ])
    func rejected(text: String) {
        #expect(JSONValue(parsing: text) == nil)
    }

    @Test("bytes that are no UTF-8, and depths without end, are nothing")
    func hostile() {
        #expect(JSONValue(parsing: [0x22, 0xFF, 0x22] as [UInt8]) == nil)
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(JSONValue(parsing: deep) == nil)
    }

    @Test("of duplicate members the last one counts, in the place of the first")
    func duplicates() {
        #expect(JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#)?.compactText == #"{"a":3,"b":2}"#)
    }

    @Test("blanks around it, and escapes, mean the same value")
    func spellings() {
        #expect(JSONValue(parsing: " \n{ \"\\u0061\" : [ 1 , 2 ] }\t") == ["a": [1, 2]])
        #expect(JSONValue(parsing: #""\ud83c\udf89""#) == "🎉")
    }

    @Test("the layout for people")
    func pretty() {
        let value: JSONValue = ["a": [1, ["b": []]], "c": .empty]
        #expect(
            value.prettyText == """
                {
                  "a": [
                    1,
                    {
                      "b": []
                    }
                  ],
                  "c": {}
                }
                """)
    }

    @Test(
        "no control character leaves a document", arguments: ["\u{1B}[31m", "\u{9B}31m", "\u{7F}", "\u{0}"])
    func control(text: String) {
        let written = JSONValue.array([.string(text)])
        for text in [written.compactText, written.prettyText, written.stateText] {
            let others = text.unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n"
            }
            #expect(others.isEmpty)
        }
    }

    @Test(
        "truth, as the service's own scripts take it",
        arguments: [
            ("null", false), ("false", false), ("0", false), ("0.0", false), ("\"\"", false), ("[]", false),
            ("{}", false), ("true", true), ("1", true), ("\"0\"", true), ("[0]", true),
            (#"{"a":null}"#, true),
        ])
    func truth(text: String, expected: Bool) {
        #expect(JSONValue(parsing: text)?.isTruthy == expected)
    }

    @Test(
        "an identifier is a text that is not empty, or a number",
        arguments: [("\"a\"", "a"), ("7", "7"), ("\"\"", nil), ("null", nil), ("[]", nil), ("true", nil)]
            as [(String, String?)])
    func identifiers(text: String, expected: String?) {
        #expect(JSONValue(parsing: text)?.identifier == expected)
    }

    @Test("members are set, replaced and removed in place; anything else becomes an object")
    func members() {
        var value: JSONValue = ["a": 1, "b": 2]
        value["a"] = "x"
        value["c"] = true
        value["b"] = nil
        #expect(value.compactText == #"{"a":"x","c":true}"#)
        var list: JSONValue = .array([])
        list["a"] = 1
        #expect(list.compactText == #"{"a":1}"#)
        #expect(JSONValue.members(["a": nil, "b": .null]).compactText == #"{"b":null}"#)
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { Member($0, $1) })
    }
}
