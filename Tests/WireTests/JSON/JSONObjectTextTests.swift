import Foundation
import Testing
import Wire

@Suite("JSON objects as text")
struct JSONObjectTextTests {
    @Test(
        "A text comes back as it was",
        arguments: [
            "", "plain", "\"\\/", "\n\r\t\u{08}\u{0C}\u{0}\u{1}\u{1F}\u{7F}", "é€😀", "\u{2028}\u{FEFF}",
            String(repeating: "long \"quoted\" ", count: 5_000),
        ])
    func texts(text: String) throws {
        var object = JSONObjectText()
        object.add(text, text)
        let read = try JSONSerialization.jsonObject(with: Data(object.bytes)) as? [String: String]
        #expect(read == [text: text])
    }

    @Test("Members stand in their order")
    func members() {
        var inner = JSONObjectText()
        inner.add("n", -5)
        var object = JSONObjectText()
        object.add("a", "b")
        object.addNull("c")
        object.add("d", inner)
        object.add("e", JSONObjectText())
        #expect(String(decoding: object.bytes, as: UTF8.self) == #"{"a":"b","c":null,"d":{"n":-5},"e":{}}"#)
        #expect(String(decoding: JSONObjectText().bytes, as: UTF8.self) == "{}")
    }
}
