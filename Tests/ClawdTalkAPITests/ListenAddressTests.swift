import Testing

@testable import ClawdTalkAPI

@Suite("metrics_listen")
struct ListenAddressTests {
    @Test(
        "an address and a port", arguments: [("127.0.0.1:9464", "127.0.0.1", 9464), ("[::1]:80", "::1", 80)])
    func good(text: String, address: String, port: Int) throws {
        let listen = try #require(ListenAddress(text))
        #expect("\(listen.address)" == address && listen.port == port && listen.description == text)
    }

    @Test(
        "nothing else",
        arguments: [
            "", ":9464", "9464", "127.0.0.1", "localhost:9464", "127.0.0.1:70000", "1.2.3.256:1", "::1:80",
            "[::1]", "010.0.0.1:80", "127.1:80", "a@127.0.0.1:80", "127.0.0.1:0",
        ]
    )
    func bad(text: String) { #expect(ListenAddress(text) == nil) }
}
