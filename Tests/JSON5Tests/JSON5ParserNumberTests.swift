import Testing

@testable import JSON5

@Suite("JSON5 §6 Numbers")
struct JSON5ParserNumberTests {
    private func number(_ text: String) throws -> Double {
        try #require(try JSON5Document(parsing: text).root.number)
    }

    static let decimals: [(String, Double)] = [
        ("0", 0), ("1", 1), ("15", 15), ("9007199254740993", 9_007_199_254_740_992), ("1.5", 1.5),
        ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("0.", 0), (".0", 0), ("0.0", 0), ("1.0500", 1.05),
        ("1e3", 1000), ("1E3", 1000), ("1e+3", 1000), ("1e-3", 0.001), ("1.5e2", 150), (".5e1", 5),
        ("5.e1", 50), ("5.e-1", 0.5), ("0e0", 0), ("0e5", 0), ("1e0", 1), ("1e-0", 1), ("1e+0", 1),
        ("1e007", 10_000_000), ("2e308", .infinity), ("1e-400", 0), ("1e99999999999999999999", .infinity),
        ("1e-99999999999999999999", 0), ("4.9e-324", .leastNonzeroMagnitude),
        ("1.7976931348623157e308", .greatestFiniteMagnitude), ("0.1", 0.1),
        ("123456789.123456789", 123_456_789.123456789),
        ("0.00000000000000000000000000000000000000001", 1e-41),
        (String(repeating: "9", count: 400), .infinity),
    ]
    static let hexadecimals: [(String, Double)] = [
        ("0x0", 0), ("0xF", 15), ("0XF", 15), ("0xc8e4", 51_428), ("0xDECAFbad", 3_737_844_653),
        ("0x00ff", 255), ("0xFFFFFFFFFFFFFFFF", 0x1p64), ("0x1e3", 483),
        ("0x1000000000000081", 0x1.0000000000001p60), ("0x1" + String(repeating: "0", count: 300), .infinity),
        ("0x" + String(repeating: "0", count: 300) + "1", 1),
    ]
    static let words: [(String, Double)] = [("Infinity", .infinity)]

    @Test("A number is read, with either sign", arguments: decimals + hexadecimals + words)
    func readsNumbers(_ text: String, _ value: Double) throws {
        #expect(try number(text) == value)
        #expect(try number("+" + text) == value)
        #expect(try number("-" + text) == -value)
    }

    @Test("NaN is read, with either sign", arguments: ["NaN", "+NaN", "-NaN"])
    func readsNaN(_ text: String) throws {
        #expect(try number(text).isNaN)
    }

    @Test("Zero keeps its sign", arguments: ["0", "0.0", ".0", "0.", "0x0", "0e9"])
    func keepsTheSignOfZero(_ text: String) throws {
        #expect(try number(text).sign == .plus)
        #expect(try number("-" + text).sign == .minus)
    }

    @Test(
        "A broken number is refused",
        arguments: [
            ".", "+", "-", "+.", "e1", ".e1", "+e1", "1e", "1e+", "1e-", "1.e", "1e1.5", "1e-1.5", "1e+1.5",
            "1e0x4", "1e-0x4", "1e+0x4", "0x", "0X", "-0x", "0xG", "0x1.8", "0x1p3", "x10", "00", "01", "010",
            "080", "098", "-01", "+00", "00.5", "01e1", "-00x1", "1.2.3", "..5", "1..", "--1", "++1", "+-1",
            "-+1", "- 1", "+ 1", "1 e3", "1_000", "1,000", "1a", "1$", "1é", "1\\u0030", "1n", "1f", "0b1",
            "0o7", "$1", "1'", "+null", "-true", "+'1'", "-[1]", "Infinity.", "-infinity", "+Nan",
            "Infinityx", "+NaN1", "１", "٣",
        ])
    func refusesBrokenNumbers(_ text: String) {
        #expect(throws: JSON5Fault.self) { try JSON5Document(parsing: text) }
    }

    @Test("A number ends where a token begins")
    func endsAtTokens() throws {
        #expect(try Sketch(parsing: "[1,2.,.3/**/,0x4//\n]") == [1, 2, 0.3, 4])
        #expect(try Sketch(parsing: "{a:1,b:-.5}") == ["a": 1, "b": -0.5])
    }

    @Test("Random numbers are read as Swift wrote them", arguments: [1, 2, 3] as [UInt64])
    func readsRandomNumbers(_ seed: UInt64) throws {
        var bits = seed
        for _ in 0..<500 {
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value = Double(bitPattern: bits)
            guard value.isFinite else { continue }
            #expect(try number("\(value)") == value)
        }
    }
}
