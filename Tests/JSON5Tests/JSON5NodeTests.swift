import Testing

@testable import JSON5

@Suite("Values and where they stand")
struct JSON5NodeTests {
    private let document: JSON5Document

    init() throws {
        document = try JSON5Document(
            parsing: "\u{FEFF} // é\n{ a : 'é' , \"b\" : [ 1. , -0x2 ,\n{ }, ],"
                + " \\u0063: { d: null, e: true } } // end")
    }

    private func text(_ range: Range<Int>?) -> String? {
        range.map { String(decoding: document.bytes[$0], as: UTF8.self) }
    }

    @Test("A node's range holds the value's bytes and nothing around them")
    func pointsAtValues() throws {
        let root = document.root
        #expect(text(root["a"]?.range) == "'é'")
        #expect(text(root["b"]?.range) == "[ 1. , -0x2 ,\n{ }, ]")
        #expect(root["b"]?.elements?.map { text($0.range) } == ["1.", "-0x2", "{ }"])
        #expect(text(root[path: "c", "d"]?.range) == "null")
        #expect(text(root[path: "c", "e"]?.range) == "true")
        #expect(text(root.range)?.first == "{")
        #expect(text(root.range)?.last == "}")
    }

    @Test("A member's key range holds the key as it is written, quotes and escapes included")
    func pointsAtKeys() {
        guard case .object(let members) = document.root.value else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.key) == ["a", "b", "c"])
        #expect(members.map { text($0.keyRange) } == ["a", "\"b\"", "\\u0063"])
    }

    @Test("Every value's own bytes parse to that value again")
    func reparsesEveryValue() throws {
        var waiting = [document.root]
        while let node = waiting.popLast() {
            #expect(
                Sketch(try JSON5Document(parsing: Array(document.bytes[node.range])).root) == Sketch(node))
            waiting += node.elements ?? []
            if case .object(let members) = node.value { waiting += members.map(\.node) }
        }
    }

    @Test("A path leads through objects, and to nil where a step is missing")
    func followsPaths() throws {
        let root = try JSON5Document(parsing: "{a:{b:{c:1},d:[{e:2}],n:null}}").root
        #expect(root[path: "a", "b", "c"]?.number == 1)
        #expect(root[path: "a", "b"]?["c"]?.number == 1)
        #expect(root[path: "a", "x", "c"] == nil)
        #expect(root[path: "a", "d", "e"] == nil)
        #expect(root[path: "a", "n", "x"] == nil)
        #expect(root[path: "a", "n"]?.value == .null)
        #expect(root[path: "a", "n"]?[""] == nil)
    }

    @Test("A value is seen as its own kind only")
    func knowsItsKind() throws {
        let nodes = try #require(try JSON5Document(parsing: "[1,'1',true,[1],{},null]").root.elements)
        #expect(nodes.map(\.number) == [1, nil, nil, nil, nil, nil])
        #expect(nodes.map(\.string) == [nil, "1", nil, nil, nil, nil])
        #expect(nodes.map(\.bool) == [nil, nil, true, nil, nil, nil])
        #expect(nodes.map { $0.elements?.count } == [nil, nil, nil, 1, nil, nil])
    }
}
