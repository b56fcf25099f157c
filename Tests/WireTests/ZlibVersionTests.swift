import Testing

@testable import Wire

@Suite("The linked zlib")
struct ZlibVersionTests {
    @Test("zlib is linked, and of a version with the calls that RFC 7692 needs")
    func isLinked() {
        #expect(ZlibVersion.linked.hasPrefix("1."))
    }
}
