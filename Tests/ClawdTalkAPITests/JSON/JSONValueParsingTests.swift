import ClawdTalkAPI
import Testing

@Suite("RFC 8259: JSON from outside")
struct JSONValueParsingTests {
    @Test(
        "is kept as it was written",
        arguments: [
            "[]", "{}", "null", "-0", "1.0", "123456789012345678", "1E+5", #""é""#,
            #"[1,[2,{"b":"a,]","a":[]}]]"#,
        ])
    func kept(text: String) { #expect(JSONValue(parsing: " \n" + text + "\t")?.compactText == text) }

    @Test(
        "is refused when it is only nearly that",
        arguments: [
            "", " ", "[1,]", #"{"a":1,}"#, "[[1 , ],2]", #"[{"a":[1,]}]"#, "[,]", "[1,,2]", "{a:1}", "['a']",
            "[01]",
            "[1.]", "[.5]", "[+1]", "[0x1]", "NaN", "Infinity", "[] []", "[1]// x", "/**/1", "\"a\nb\"",
            #""\x41""#, #""\ud800""#, "[\u{A0}1]",
        ])
    func refused(text: String) { #expect(JSONValue(parsing: text) == nil) }

    @Test("a text of hundreds of thousands of values is not read")
    func manyValues() {
        func array(of count: Int) -> String {
            "[" + Array(repeating: "0", count: count).joined(separator: ",") + "]"
        }
        #expect(JSONValue(parsing: array(of: 10_000))?.elements?.count == 10_000)
        #expect(JSONValue(parsing: array(of: 300_000)) == nil)
    }
}
