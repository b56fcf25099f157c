import Testing

@testable import Wire

@Suite("RFC 3986 §2.1: percent-encoding")
struct PercentEncodingTests {
    @Test(
        "everything but unreserved characters",
        arguments: [
            ("", ""), ("abc-._~09", "abc-._~09"), ("a b", "a%20b"), ("+1/ü?#", "%2B1%2F%C3%BC%3F%23"),
            ("\n\0", "%0A%00"),
        ])
    func encode(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded && PercentEncoding.decode(encoded) == text)
    }

    @Test("what is no escape stands for itself", arguments: ["%", "%4", "%zz", "100%", "%%"])
    func noEscape(text: String) { #expect(PercentEncoding.decode(text) == text) }

    @Test("lower-case digits count")
    func lower() { #expect(PercentEncoding.decode("%c3%bc") == "ü") }
}
