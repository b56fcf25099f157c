import Testing

@testable import JSON5

@Suite("JSON5 §2, §3, §4 Values, objects and arrays")
struct JSON5ParserTests {
    static let words: [(String, Sketch)] = [
        ("null", nil), ("true", true), ("false", false), (" true ", true), ("/**/null//", nil),
    ]

    @Test("A document is any one value", arguments: words)
    func readsWords(_ text: String, _ value: Sketch) throws {
        #expect(try Sketch(parsing: text) == value)
    }

    @Test(
        "Other words are no values",
        arguments: [
            "nul", "nulll", "True", "TRUE", "truefalse", "true1", "true$", "true_", "trueé", "true\\u0031",
            "undefined", "a", "$", "é", "infinity", "nan", "Infinity1", "NaNa", "#", "@", "`a`", "(1)", "=",
            "\u{0}", ":", ",", "]", "}",
        ])
    func refusesOtherWords(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: text) }
    }

    @Test(
        "A document without a value, or with more than one, is refused",
        arguments: [
            "", " ", "\n", "//", "// null", "/* null */", "\u{FEFF}", "1 2", "null null", "{}{}", "[] 1",
            "1,", "1;",
        ])
    func needsOneValue(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: text) }
    }

    static let arrays: [(String, Sketch)] = [
        ("[]", []), ("[ ]", []), ("[/**/]", []), ("[1]", [1]), ("[1,]", [1]), ("[1 , ]", [1]),
        ("[true,false,null]", [true, false, nil]), ("[[],[[]],{}]", [[], [[]], [:]]),
        ("[1//\n,2/**/,//\n]", [1, 2]), ("['a',\"b\",.5,+1,0xA,]", ["a", "b", 0.5, 1, 10]),
    ]

    @Test("§4: an array may end in one comma", arguments: arrays)
    func readsArrays(_ text: String, _ value: Sketch) throws {
        #expect(try Sketch(parsing: text) == value)
    }

    @Test(
        "A broken array is refused",
        arguments: [
            "[", "]", "[,]", "[,1]", "[1,,2]", "[1,,]", "[1 2]", "[true false]", "[1", "[1,", "[1}", "[1:2]",
            "[a]", "[[]", "[1];", "[//]", "[1;2]",
        ])
    func refusesBrokenArrays(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: text) }
    }

    static let objects: [(String, Sketch)] = [
        ("{}", [:]), ("{ /**/ }", [:]), ("{a:1}", ["a": 1]), ("{a:1,}", ["a": 1]),
        ("{'a':1,\"b\":2}", ["a": 1, "b": 2]), ("{ a : 1 , b : { c : [ ] } }", ["a": 1, "b": ["c": []]]),
        ("{a/**/:/**/1/**/,//\nb:2}", ["a": 1, "b": 2]), ("{'':1}", ["": 1]),
        ("{'a b':1,'1':2}", ["a b": 1, "1": 2]), ("{'\\u0061':1}", ["a": 1]),
        ("{a:1,b:2,a:3}", ["a": 1, "b": 2, "a": 3]),
        ("{__proto__:1,constructor:2}", ["__proto__": 1, "constructor": 2]),
    ]

    @Test("§3: an object may end in one comma; its keys may stand without quotes", arguments: objects)
    func readsObjects(_ text: String, _ value: Sketch) throws {
        #expect(try Sketch(parsing: text) == value)
    }

    @Test(
        "A broken object is refused",
        arguments: [
            "{", "}", "{,}", "{,a:1}", "{a:1,,}", "{a:1,,b:2}", "{a}", "{a:}", "{a:,}", "{:1}", "{a 1}",
            "{a:1 b:2}", "{a:1", "{a:1,", "{a:", "{a", "{a:1]", "{'a:1}", "{a::1}", "{a=1}", "{a:1;b:2}",
            "{1}", "{[]:1}", "{{}:1}",
        ])
    func refusesBrokenObjects(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: text) }
    }

    static let deepest = JSON5Document.maximumDepth

    @Test("Values nest up to the limit, and not deeper")
    func limitsDepth() throws {
        let arrays = String(repeating: "[", count: Self.deepest) + String(repeating: "]", count: Self.deepest)
        #expect(try JSON5Document(parsing: arrays).root.range == 0..<Self.deepest * 2)
        let error = JSON5Fault(message: "values nest deeper than 256", line: 1, column: 257)
        #expect(throws: error) { try JSON5Document(parsing: "[" + arrays + "]") }
    }

    @Test(
        "Ten thousand brackets are an error, not a crash",
        arguments: ["[", "{a:", "[{a:", "[[],", "{a:[],b:"])
    func survivesDepth(_ opening: String) {
        #expect(throws: JSON5Fault.self) {
            try JSON5Document(parsing: String(repeating: opening, count: 10_000))
        }
    }

    @Test("Values side by side do not count as depth")
    func allowsBreadth() throws {
        let text = "[" + String(repeating: "[[]],", count: 10_000) + "]"
        #expect(try JSON5Document(parsing: text).root.elements?.count == 10_000)
    }

    @Test("All features together")
    func readsEverything() throws {
        let text = """
            // where the agent listens
            {
              gateway: { port: 18789, 'bind': "loopback", },
              "ratio": .5, mask: 0xFF, /* signed */ offset: -1., big: +1e3, limit: Infinity,
              lines: 'one \\
            two', list: [null, true, 'it\\'s',],
            }

            """
        let value: Sketch = [
            "gateway": ["port": 18789, "bind": "loopback"], "ratio": 0.5, "mask": 255, "offset": -1,
            "big": 1000, "limit": .number(.infinity), "lines": "one two", "list": [nil, true, "it's"],
        ]
        #expect(try Sketch(parsing: text) == value)
    }

    @Test("A document truncated at any byte is an error or a value, never a crash")
    func survivesTruncation() throws {
        let text =
            "\u{FEFF}{a:[1.5e+3,-0xFf,+Infinity,'\\u00e9\\ud83d\\ude00\\x41\\\r\n€'],"
            + "/* é */\"b\":null,\\u0063é:NaN}//\u{2028}"
        let bytes = Array(text.utf8)
        _ = try JSON5Document(parsing: bytes)
        let end = try #require(bytes.lastIndex(of: UInt8(ascii: "}")))
        for count in 0...end {
            #expect(throws: JSON5Fault.self, "\(count)") {
                try JSON5Document(parsing: Array(bytes[..<count]))
            }
        }
    }

    @Test("A document with any one byte changed is an error or a value, never a crash")
    func survivesDamage() {
        let damages: [UInt8] = [
            0x00, 0x22, 0x27, 0x2F, 0x5B, 0x5C, 0x7B, 0x80, 0xC2, 0xE2, 0xED, 0xF4, 0xFF,
        ]
        let bytes = Array("{a:[1.5e+3,-0xFf,'\\u00e9\\ud83d\\ude00\\x41€'],/* é */\"b\":null}".utf8)
        for offset in bytes.indices {
            for damage in damages {
                var damaged = bytes
                damaged[offset] = damage
                let document = try? JSON5Document(parsing: damaged)
                #expect(
                    document == nil || document?.text.utf8.elementsEqual(damaged) == true,
                    "\(offset) \(damage)")
            }
        }
    }
}
