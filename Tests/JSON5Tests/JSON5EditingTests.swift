import Testing

@testable import JSON5

/// Each row: the text, and the text after the change; everything else in it must be the same bytes.
@Suite("Changes in the style of the surroundings")
struct JSON5EditingTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let before: String
        let after: String
        var testDescription: String { before }

        init(_ before: String, _ after: String) { (self.before, self.after) = (before, after) }
    }

    static let allow = ["gateway", "tools", "allow"]
    static let append = JSON5Change.append(.string("x"), to: allow)

    static let appended = [
        // Nothing is there yet.
        Row("{}", "{\n  \"gateway\": {\n    \"tools\": {\n      \"allow\": [\"x\"]\n    }\n  }\n}"),
        Row("{ }", "{ \"gateway\": {\n  \"tools\": {\n    \"allow\": [\"x\"]\n  }\n} }"),
        Row("{\n}\n", "{\n  \"gateway\": {\n    \"tools\": {\n      \"allow\": [\"x\"]\n    }\n  }\n}\n"),
        Row("{\"a\":1}", "{\"a\":1,\"gateway\":{\"tools\":{\"allow\":[\"x\"]}}}"),
        Row("{ a: 1 }", "{ a: 1, gateway: { tools: { allow: [\"x\"] } } }"),
        Row("{a: 'b'}", "{a: 'b', gateway: {tools: {allow: ['x']}}}"),
        Row(
            "{\n\t\"a\": 1\n}\n",
            "{\n\t\"a\": 1,\n\t\"gateway\": {\n\t\t\"tools\": {\n\t\t\t\"allow\": [\"x\"]\n\t\t}\n\t}\n}\n"),
        Row(
            "{\r\n    a: 1,\r\n}\r\n",
            "{\r\n    a: 1,\r\n    gateway: {\r\n        tools: {\r\n            allow: [\"x\"],\r\n        },\r\n    },\r\n}\r\n"
        ),
        Row(
            "{\n  \"gateway\": {\n    \"port\": 1\n  },\n  \"z\": 2\n}\n",
            "{\n  \"gateway\": {\n    \"port\": 1,\n    \"tools\": {\n      \"allow\": [\"x\"]\n    }\n  },\n  \"z\": 2\n}\n"
        ),
        Row(
            "{\n  gateway: {}, // nothing yet\n}",
            "{\n  gateway: {\n    tools: {\n      allow: [\"x\"],\n    },\n  }, // nothing yet\n}"),
        Row(
            "{\n  gateway: { port: 1 },\n  b: 2\n}",
            "{\n  gateway: { port: 1, tools: { allow: [\"x\"] } },\n  b: 2\n}"),
        // The list is there.
        Row("{gateway:{tools:{allow:[]}}}", "{gateway:{tools:{allow:[\"x\"]}}}"),
        Row("{gateway:{tools:{allow:[ ]}}}", "{gateway:{tools:{allow:[ \"x\" ]}}}"),
        Row("{gateway:{tools:{allow:[/* none */]}}}", "{gateway:{tools:{allow:[/* none */\"x\"]}}}"),
        Row("{gateway:{tools:{allow:['a']}}}", "{gateway:{tools:{allow:['a','x']}}}"),
        Row("{gateway: {tools: {allow: ['a']}}}", "{gateway: {tools: {allow: ['a', 'x']}}}"),
        Row("{gateway: {tools: {allow: ['a', ]}}}", "{gateway: {tools: {allow: ['a', 'x', ]}}}"),
        Row("{gateway: {tools: {allow: [ 'a','b' ]}}}", "{gateway: {tools: {allow: [ 'a','b','x' ]}}}"),
        Row(
            "{gateway: {tools: {allow: ['a' // only\n]}}}",
            "{gateway: {tools: {allow: ['a', 'x' // only\n]}}}"),
        Row(
            "{\n  gateway: { tools: { allow: [\n    // \"x\"\n  ] } }\n}",
            "{\n  gateway: { tools: { allow: [\n    // \"x\"\n    \"x\"\n  ] } }\n}"),
        Row(
            "{\n gateway: { tools: { allow: [\n  'a', // first\n  'b' /* second */ // and last\n ] } }\n}",
            "{\n gateway: { tools: { allow: [\n  'a', // first\n  'b', /* second */ // and last\n  'x'\n ] } }\n}"
        ),
        Row(
            "{\n gateway: { tools: { allow: [\n  'a',\n  'b', // last\n\n ] } }\n}",
            "{\n gateway: { tools: { allow: [\n  'a',\n  'b', // last\n  'x',\n\n ] } }\n}"),
        Row(
            "{\n gateway: { tools: { allow: [\n  'a'\n  , 'b'\n  , 'c'\n ] } }\n}",
            "{\n gateway: { tools: { allow: [\n  'a'\n  , 'b'\n  , 'c',\n  'x'\n ] } }\n}"),
        Row(
            "{\n gateway: { tools: { allow: [\n  'a' /* first\n  and last */ ] } }\n}",
            "{\n gateway: { tools: { allow: [\n  'a', /* first\n  and last */\n  'x' ] } }\n}"),
        // Of duplicates the last one counts.
        Row(
            "{gateway: {tools: {allow: ['a']}}, gateway: {tools: {allow: ['b']}}}",
            "{gateway: {tools: {allow: ['a']}}, gateway: {tools: {allow: ['b', 'x']}}}"),
        Row("\u{FEFF}{gateway:{tools:{allow:[]}}}", "\u{FEFF}{gateway:{tools:{allow:[\"x\"]}}}"),
    ]

    @Test("an entry is appended", arguments: appended)
    func appends(row: Row) throws {
        let document = try JSON5Document(parsing: row.before)
        #expect(try document.applying(Self.append).text == row.after)
    }

    @Test("a member is set in place of its value or at the end")
    func sets() throws {
        let document = try JSON5Document(parsing: "{\n  a: 1, // one\n  b: 'two'\n}\n")
        let changed = try document.applying(.set(.string("it's"), at: ["a"]))
        #expect(changed.text == "{\n  a: 'it\\'s', // one\n  b: 'two'\n}\n")
        #expect(
            try document.applying(.set(.bool(true), at: ["c", "d"])).text
                == "{\n  a: 1, // one\n  b: 'two',\n  c: {\n    d: true\n  }\n}\n")
    }

    static let removed = [
        Row("{gateway: {tools: {allow: ['x']}}}", "{gateway: {tools: {allow: []}}}"),
        Row("{gateway: {tools: {allow: ['x', ]}}}", "{gateway: {tools: {allow: []}}}"),
        Row("{gateway: {tools: {allow: ['x', 'a']}}}", "{gateway: {tools: {allow: ['a']}}}"),
        Row("{gateway: {tools: {allow: ['a', 'x']}}}", "{gateway: {tools: {allow: ['a']}}}"),
        Row("{gateway: {tools: {allow: ['a', 'x', ]}}}", "{gateway: {tools: {allow: ['a', ]}}}"),
        Row("{gateway: {tools: {allow: ['a', 'x', 'b']}}}", "{gateway: {tools: {allow: ['a', 'b']}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'a', // c\n  'x'\n]}}}",
            "{gateway: {tools: {allow: [\n  'a' // c\n]}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'a', // c\n  'x' ]}}}",
            "{gateway: {tools: {allow: [\n  'a' // c\n   ]}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'x',\n  'b',\n]}}}", "{gateway: {tools: {allow: [\n  'b',\n]}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'a',\n  'x', // why\n  'b'\n]}}}",
            "{gateway: {tools: {allow: [\n  'a',\n  // why\n  'b'\n]}}}"),
        Row(
            "{gateway: {tools: {allow: [ // all\n  'x'\n]}}}", "{gateway: {tools: {allow: [ // all\n]}}}"),
        Row(
            "{gateway: {tools: {allow: ['a', 'x' /* c */, 'b']}}}",
            "{gateway: {tools: {allow: ['a', /* c */ 'b']}}}"),
        // The last one goes as it would have come: with the line end before it, whatever follows.
        Row(
            "{gateway: {tools: {allow: [\n  'a',\n  'x' ]}}}", "{gateway: {tools: {allow: [\n  'a' ]}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'a', /* c */\n  'x', ]}}}",
            "{gateway: {tools: {allow: [\n  'a', /* c */ ]}}}"),
        Row(
            "{gateway: {tools: {allow: [\r\n  'a',\n  'x',\r\n]}}}",
            "{gateway: {tools: {allow: [\r\n  'a',\r\n]}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'a', // c\n  'x'\u{2028}]}}}",
            "{gateway: {tools: {allow: [\n  'a' // c\u{2028}]}}}"),
        // No comment takes in what followed the item.
        Row(
            "{gateway: {tools: {allow: [\n  'a', // c\n  'x'\t\n]}}}",
            "{gateway: {tools: {allow: [\n  'a' // c\n  \t\n]}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'a', // c\n  'x' /* d */,\n]}}}",
            "{gateway: {tools: {allow: [\n  'a', // c\n   /* d */\n]}}}"),
        // The blanks at the end of a line comment are its own.
        Row(
            "{gateway: {tools: {allow: [\n  'a', // c \n  'x' ]}}}",
            "{gateway: {tools: {allow: [\n  'a' // c \n   ]}}}"),
        Row(
            "{gateway: {tools: {allow: [\n  'a', // c\u{2028}  'x' ]}}}",
            "{gateway: {tools: {allow: [\n  'a' // c\u{2028}   ]}}}"),
    ]

    @Test("an entry is removed, comments stay", arguments: removed)
    func removes(row: Row) throws {
        let document = try JSON5Document(parsing: row.before)
        let elements = try #require(document.root[path: Self.allow]?.elements)
        let index = try #require(elements.firstIndex { $0.string == "x" })
        #expect(try document.applying(.removeElement(index, from: Self.allow)).text == row.after)
    }

    static let duplicates = [
        Row("{\n  a: 1,\n  b: 2,\n  a: 3\n}", "{\n  b: 2\n}"),
        Row("{\n  b: 2,\n  a: 1,\n  a: 3\n}", "{\n  b: 2\n}"),
        Row("{\n  b: 2,\n  a: 1,\n  a: 3,\n}", "{\n  b: 2,\n}"),
        Row("{\n  a: 1,\n  a: 3,\n  b: 2\n}", "{\n  b: 2\n}"),
        Row("{\n  a: 1,\n  a: 3\n}", "{}"),
        Row("{a: 1, a: 2, b: 3}", "{b: 3}"),
        Row("{a: 1, b: 3, a: 2, a: 4}", "{b: 3}"),
        Row("{a:1,b:3,a:2,}", "{b:3,}"),
        Row(
            "{b: 1, // one\n  a: 2, // two\n  a: 3 // three\n}",
            "{b: 1 // one\n  // two\n   // three\n}"),
        Row("{\n  b: 1,\n  // two\n  a: 2,\n  // three\n  a: 3\n}", "{\n  b: 1\n  // two\n  // three\n}"),
        Row("{a: 1 /*x*/, a: 2 /*y*/}", "{ /*x*/ /*y*/}"),
    ]

    @Test("a member goes with all its duplicates", arguments: duplicates)
    func removesMembers(row: Row) throws {
        let document = try JSON5Document(parsing: row.before)
        let text = try document.applying(.removeMember(["a"])).text
        #expect(text == row.after)
    }

    @Test(
        "20,000 duplicates go at once, on one line and on many, with comments and among others",
        arguments: [
            ("{", "a:1,", "}"), ("{\n", "  a: 1,\n", "}"), ("{", "a: 1 /**/, ", "b: 1}"),
            ("{", "a:1,b:1,", "}"),
        ])
    func removesMany(open: String, item: String, close: String) throws {
        let text = open + String(repeating: item, count: 20_000) + close
        let document = try JSON5Document(parsing: text).applying(.removeMember(["a"]))
        #expect(document.root["a"] == nil)
        let kept = item.contains("/**/") ? 20_000 : 0
        #expect(document.bytes.count { $0 == UInt8(ascii: "/") } == 2 * kept)
    }

    @Test(
        "what is in the way is named, with its position",
        arguments: [
            ("{gateway: 1}", "gateway is not an object (line 1, column 11)"),
            ("{gateway: {tools:\n null}}", "gateway.tools is not an object (line 2, column 2)"),
            ("{gateway: {tools: {allow: 'x'}}}", "gateway.tools.allow is not an array (line 1, column 27)"),
            ("[]", "the whole value is not an object (line 1, column 1)"),
        ])
    func refuses(text: String, line: String) throws {
        let document = try JSON5Document(parsing: text)
        let error = #expect(throws: JSON5EditFailure.self) { try document.applying(Self.append) }
        #expect(error?.summary == line)
    }

    @Test("a line may hold any number of comments, and values may nest to the limit")
    func limits() throws {
        let comments = String(repeating: "/**/", count: 20_000)
        let long = try JSON5Document(parsing: "{gateway: {tools: {allow: [\n'a'\(comments)\n]}}}")
        #expect(
            try long.applying(Self.append).text
                == "{gateway: {tools: {allow: [\n'a',\(comments)\n'x'\n]}}}")
        let depth = JSON5Document.maximumDepth - 1
        let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let document = try JSON5Document(parsing: "{a: \(deep)}")
        #expect(
            try document.applying(Self.append).text
                == "{a: \(deep), gateway: {tools: {allow: [\"x\"]}}}")
    }

    @Test("what is not there cannot be removed")
    func missing() throws {
        let document = try JSON5Document(parsing: "{a: [1]}")
        #expect(throws: JSON5EditFailure.missing(path: ["b"])) { try document.applying(.removeMember(["b"])) }
        #expect(throws: JSON5EditFailure.missing(path: ["a", "1"])) {
            try document.applying(.removeElement(1, from: ["a"]))
        }
    }
}
