import Testing

@testable import Wire

@Suite("RFC 3629 §4 and RFC 6455 §8.1 UTF-8")
struct UTF8ValidatorTests {
    private func isValid(_ bytes: [UInt8]) -> Bool {
        var validator = UTF8Validator()
        return bytes.withUnsafeBytes { validator.consume($0) } && validator.isAtBoundary
    }

    /// How many bytes are accepted one at a time before the first refusal.
    private func acceptedCount(_ bytes: [UInt8]) -> Int {
        var validator = UTF8Validator()
        return bytes.firstIndex { byte in !withUnsafeBytes(of: byte) { validator.consume($0) } }
            ?? bytes.count
    }

    static let valid: [[UInt8]] = [
        [], [0x00], [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xEC, 0xBF, 0xBF],
        [0xED, 0x80, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF],
        [0xF0, 0x90, 0x80, 0x80], [0xF1, 0x80, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xBF],
        [0xF4, 0x8F, 0xBF, 0xBF],
        utf8("κόσμε"), utf8("plain text, more than eight bytes"), utf8("eight by\u{1F600}tes and more"),
    ]

    @Test("Well-formed text is valid, whole and byte by byte", arguments: valid)
    func acceptsText(_ bytes: [UInt8]) {
        #expect(isValid(bytes))
        #expect(acceptedCount(bytes) == bytes.count)
    }

    /// Bytes, and how many of them could still begin something valid.
    static let invalid: [([UInt8], Int)] = [
        ([0x80], 0), ([0xBF], 0), ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0),  // alone; overlong in two
        ([0xE0, 0x80, 0x80], 1), ([0xE0, 0x9F, 0xBF], 1),  // overlong in three
        ([0xF0, 0x80, 0x80, 0x80], 1), ([0xF0, 0x8F, 0xBF, 0xBF], 1),  // overlong in four
        ([0xED, 0xA0, 0x80], 1), ([0xED, 0xAF, 0xBF], 1), ([0xED, 0xBF, 0xBF], 1),  // surrogates
        ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF5, 0x80, 0x80, 0x80], 0), ([0xF7, 0xBF, 0xBF, 0xBF], 0),
        ([0xF8, 0x88, 0x80, 0x80, 0x80], 0), ([0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], 0), ([0xFE], 0),
        ([0xFF], 0), ([0xC2, 0x41], 1), ([0xC2, 0xC2], 1), ([0xE1, 0x80, 0x41], 2), ([0xE1, 0x80, 0xC0], 2),
        ([0xF1, 0x80, 0x80, 0x41], 3), ([0xF1, 0x80, 0x80, 0xF1], 3), (utf8("κόσμε") + [0xED, 0xA0], 11),
        (utf8("more than eight") + [0xFF], 15),
    ]

    @Test("Malformed text fails at the first impossible byte", arguments: invalid)
    func refusesMalformedText(_ bytes: [UInt8], _ accepted: Int) {
        #expect(!isValid(bytes))
        #expect(acceptedCount(bytes) == accepted)
    }

    @Test(
        "A sequence without its end is not at a boundary",
        arguments: [
            [0xC2], [0xE0], [0xE0, 0xA0], [0xED, 0x9F], [0xF0], [0xF0, 0x90], [0xF4, 0x8F, 0xBF],
        ] as [[UInt8]])
    func knowsOpenSequences(_ bytes: [UInt8]) {
        var validator = UTF8Validator()
        #expect(bytes.withUnsafeBytes { validator.consume($0) })
        #expect(!validator.isAtBoundary)
    }

    @Test("Where text is cut makes no difference")
    func isIndependentOfCuts() {
        for (bytes, expected) in Self.valid.map({ ($0, true) }) + Self.invalid.map({ ($0.0, false) }) {
            for pieces in cuts(of: bytes) {
                var validator = UTF8Validator()
                let isFine = pieces.allSatisfy { piece in piece.withUnsafeBytes { validator.consume($0) } }
                #expect((isFine && validator.isAtBoundary) == expected, "\(pieces)")
            }
        }
    }

    @Test("Every pair of bytes is judged as Swift's own decoder judges it")
    func agreesWithTheStandardLibrary() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second]
                guard isValid(bytes) != (String(validating: bytes, as: UTF8.self) != nil) else { continue }
                Issue.record("\(bytes)")
            }
        }
    }
}
