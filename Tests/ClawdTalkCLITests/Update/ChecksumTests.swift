import Testing

@testable import ClawdTalkCLI

@Suite("Checksums as sha256sum(1) writes them")
struct ChecksumTests {
    /// FIPS 180-4's own example.
    static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    static let other = String(repeating: "0", count: 64)

    @Test("the sum of bytes")
    func sums() {
        #expect(Checksum(of: Array("abc".utf8)).hex == Self.abc)
        #expect(
            Checksum(of: []).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("64 hexadecimal digits, whatever their case, and nothing else")
    func shapes() {
        #expect(Checksum(Self.abc.uppercased())?.hex == Self.abc)
        for text in ["", String(Self.abc.dropLast()), Self.abc + "0", Self.other.dropLast() + "g"] {
            #expect(Checksum(text) == nil)
        }
    }

    @Test(
        "lists",
        arguments: [
            "\(abc)\n", "\(abc)  a.tar.gz\n", "\(abc) *a.tar.gz\r\n",
            "\(other)  b.tar.gz\n\(abc)  dist/a.tar.gz",
            "# sums\n\n\(abc)\ta.tar.gz",
        ])
    func lists(text: String) { #expect(Checksum.published(in: text, for: "a.tar.gz")?.hex == Self.abc) }

    @Test(
        "lists that say nothing of the file",
        arguments: [
            "", "\(abc)  b.tar.gz", "<html>Not found</html>", "\(abc)  a.tar.gz.old", "\(abc)\n\(other)\n",
        ])
    func silentLists(text: String) { #expect(Checksum.published(in: text, for: "a.tar.gz") == nil) }
}
