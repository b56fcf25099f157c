import Testing
import Wire

@Suite("Names of hosts")
struct HostNameTests {
    @Test("this machine", arguments: ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])
    func loopback(host: String) { #expect(HostName.isLoopback(host)) }

    @Test(
        "others",
        arguments: ["127.evil.example", "localhost.example", "10.0.0.1", "", "::2", "clawdtalk.com"])
    func others(host: String) { #expect(!HostName.isLoopback(host)) }
}
