import ClawdTalkAPI
import Testing

@Suite("JSON as text")
struct JSONValueTextTests {
    @Test("no control character gets through, and what is written means the same")
    func controls() {
        for value in Array(0...0x1F) + Array(0x7F...0x9F) {
            let text = String(UnicodeScalar(UInt8(value)))
            let written = JSONValue.string("a" + text).compactText
            #expect(!written.unicodeScalars.contains { $0.properties.generalCategory == .control })
            #expect(JSONValue(parsing: written) == .string("a" + text))
        }
        #expect(JSONValue.string("é 東").prettyText == "\"é 東\"")
        #expect(JSONValue.string("é😀").stateText == #""\u00e9\ud83d\ude00""#)
    }
}
