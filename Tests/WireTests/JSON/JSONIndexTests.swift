import Foundation
import Testing

@testable import Wire

@Suite("JSON read by an index")
struct JSONIndexTests {
    /// Texts that it takes.
    static let taken = [
        #"{}"#, #"[]"#, #"null"#, #"true"#, #" false "#, #""""#, #"0"#, #"-0"#, #"-12"#, #"1.5e+10"#, #"1E3"#,
        #"{"a":1}"#, #" { "a" : [ 1 , 2 , { } ] , "b" : "c" } "#, #"{"a":{"a":1},"b":{"a":2}}"#,
        #""\"\\\/\b\f\n\r\t""#, #""\u00e9\u20AC\u0000""#, #""é€😀""#, #"{"":""}"#, "\t[\n1\r]", #"{"é":"é"}"#,
    ]

    @Test("What it takes, it reads as Foundation does", arguments: taken)
    func agrees(text: String) throws {
        let root = try #require(JSONIndex(Array(text.utf8))?.root)
        let expected = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        #expect(isSame(root, expected))
    }

    private func takes(_ text: some Sequence<UInt8>) -> Bool { JSONIndex(Array(text))?.root != nil }

    private func isSame(_ node: JSONNode, _ expected: Any) -> Bool {
        switch node.kind {
        case .null: expected is NSNull
        case .bool(let flag): (expected as? Bool) == flag
        case .number: node.integer == nil || (expected as? NSNumber)?.intValue == node.integer
        case .string: (expected as? String) == node.string
        case .array: expected is [Any]
        case .object:
            (expected as? [String: Any])?.allSatisfy { name, value in
                node[name].map { isSame($0, value) } ?? false
            } ?? false
        }
    }

    @Test(
        "What is not JSON is not taken",
        arguments: [
            "", " ", "{", "}", "[", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "[1,]", "[,]", "[1 2]", "{a:1}",
            "'a'",
            #"{"a":1}x"#, "01", "-", "1.", ".5", "1e", "+1", "0x1", "tru", "nulll", "NaN", #""a"#, "\"a\nb\"",
            #""\x""#, #""\u12""#, #""\u12G4""#, #"{"a":1 "b":2}"#, "// a\n1", "\u{FEFF}{}",
        ])
    func refuses(text: String) {
        #expect(!takes(text.utf8))
    }

    @Test(
        "What is left to another reader",
        arguments: [
            #"{"a":1,"a":2}"#, #"{"\u0061":1}"#, #""\ud83d\ude00""#, #""\ud83d""#,
            String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
            "{" + (0..<65).map { "\"m\($0)\":0" }.joined(separator: ",") + "}",
        ])
    func leaves(text: String) { #expect(!takes(text.utf8)) }

    @Test(
        "Bytes that are no UTF-8 are not taken",
        arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
    func encoding(bytes: [UInt8]) { #expect(!takes([0x22] + bytes + [0x22])) }

    @Test(
        "Wherever something stands in a string, it is seen",
        arguments: [
            "\\n", "\"", "\u{1F}", "\u{0}", " ", "!", "#", "[", "]", "\u{7F}", "é", "😀", "\\u0041", "\\",
        ])
    func positions(sign: String) {
        for before in 0..<18 {
            for after in 0..<10 {
                let text =
                    "\"" + String(repeating: "a", count: before) + sign + String(repeating: "b", count: after)
                    + "\""
                let expected =
                    try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
                #expect(JSONIndex(Array(text.utf8))?.root.string == expected as? String)
            }
        }
    }

    @Test("What ends a plain run is found wherever it stands among the eight bytes")
    func specialBytes() throws {
        for (mark, wire) in [("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#)] {
            for before in 0..<20 {
                for filler in ["a", "!", "#", "[", "]", "ä", "\u{7F}", "\u{20}"] {
                    let plain = String(repeating: filler, count: before)
                    let text = "\(plain)\(mark)\(plain)"
                    let json = utf8("[\"\(plain)\(wire)\(plain)\",1]")
                    var object = JSONObjectText()
                    object.add("t", text)
                    let index = try #require(JSONIndex(object.bytes))
                    #expect(index.root["t"]?.string == text)
                    #expect(JSONIndex(json) != nil)
                    #expect(JSONIndex(utf8("[\"\(plain)\n\",1]")) == nil)
                }
            }
        }
    }

    @Test("An object may have 64 members, and each its own name")
    func ownNames() {
        func object(_ names: [String]) -> [UInt8] {
            utf8("{" + names.map { "\"\($0)\":{\"a\":[]}" }.joined(separator: ",") + "}")
        }
        let names = (0..<64).map { "n\($0)" }
        #expect(JSONIndex(object(names)) != nil)
        #expect(JSONIndex(object(names + ["one more"])) == nil)
        for name in names { #expect(JSONIndex(object(names.dropLast() + [name])) == nil || name == "n63") }
    }

    @Test("Every beginning of a text is none")
    func cutShort() {
        let text = Array(#"{"a":[1,"b\n\u00e9",true],"c":{"d":null}}"#.utf8)
        #expect(takes(text))
        for count in text.indices { #expect(!takes(text[..<count])) }
    }

    @Test("Members are found by name, at their own level only")
    func members() throws {
        let root = try #require(JSONIndex(Array(#"{"x":{"b":1,"c":[{"b":2}]},"b":"3","n":1.5}"#.utf8))?.root)
        #expect(root["b"]?.string == "3")
        #expect(root["x"]?["b"]?.integer == 1)
        #expect(root["c"] == nil)
        #expect(root["b"]?["b"] == nil)
        #expect(root["x"]?["c"]?["b"] == nil)
        #expect(root.hasFraction)
        #expect(root["x"]?.hasFraction == false)
    }

    private func array(of count: Int, _ element: String) -> [UInt8] {
        utf8("[" + Array(repeating: element, count: count).joined(separator: ",") + "]")
    }

    @Test("A text of nothing but values takes no more than a MiB of nodes")
    func mostNodes() {
        #expect(MemoryLayout<JSONIndex.Node>.stride == 16)
        #expect(takes(array(of: JSONIndex.mostNodes - 1, "0")))
        for element in ["0", "\"\"", "[]", "{}", "true", "{\"a\":0}"] {
            #expect(!takes(array(of: JSONIndex.mostNodes, element)))
        }
    }

    @Test(
        "A text with more values than a decoder may be given is known by its separators",
        arguments: [
            ("[", "0", ",", "]"), ("[", "[]", ",", "]"), ("{", "\"a\":0", ",", "}"), ("", "[", "", ""),
            ("", "{", "", ""),
            ("", ":", "", ""), ("\"", "a", "", "\",0,0"),
        ])
    func manyValues(before: String, element: String, separator: String, after: String) {
        func text(_ count: Int) -> [UInt8] {
            utf8(before + Array(repeating: element, count: count).joined(separator: separator) + after)
        }
        #expect(JSONIndex.hasFewValues(text(1 << 16)))
        // What stands in a string is one value.
        #expect(JSONIndex.hasFewValues(text(1 << 19)) == (element == "a"))
    }

    @Test(
        "Separators in a string are not counted, however the string is written",
        arguments: [",", "[", "\\\",", "\\\\,", "\n,", "é,", "\\n:"])
    func separatorsInStrings(piece: String) {
        let string = "\"" + String(repeating: piece, count: 1 << 18) + "\""
        #expect(JSONIndex.hasFewValues(utf8("[\(string),\(string)]")))
        #expect(!JSONIndex.hasFewValues(utf8("[\(string)" + String(repeating: ",0", count: 1 << 18) + "]")))
    }
}
