import Testing

@testable import Wire

@Suite("Why bytes are not HTTP/1.1")
struct HTTPFaultTests {
    static let summaries: [(HTTPFault, String)] = [
        (.headTooLarge(limitBytes: 16), "the head is larger than 16 bytes"),
        (.malformedStartLine, "the first line is not HTTP/1.1"),
        (.malformedField, "a header field is malformed"),
        (.ambiguousLength, "the body's length is ambiguous"),
        (.unsupportedTransferCoding, "the transfer coding is not chunked"),
        (.malformedChunk, "a chunk is malformed"),
        (.bodyTooLarge(limitBytes: 16), "the body is larger than 16 bytes"),
        (.cutShort, "the connection ended in the middle"),
    ]

    @Test("A fault is told in one line", arguments: summaries)
    func summarises(_ fault: HTTPFault, _ summary: String) {
        #expect(fault.summary == summary)
    }
}
