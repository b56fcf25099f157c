import Testing

@testable import Transport

@Suite("URLs of requests")
struct RequestTargetTests {
    @Test(
        "are taken apart",
        arguments: [
            (
                "wss://Example.COM/ws", Endpoint(isSecure: true, host: "example.com", port: 443), "/ws",
                "example.com"
            ),
            ("http://[::1]:8080", Endpoint(isSecure: false, host: "::1", port: 8080), "/", "[::1]:8080"),
            (
                "https://h:444/a%20b?c=d&e", Endpoint(isSecure: true, host: "h", port: 444), "/a%20b?c=d&e",
                "h:444"
            ),
            (
                "http://h/a?page[size]=20&b=%5B?#f", Endpoint(isSecure: false, host: "h", port: 80),
                "/a?page[size]=20&b=%5B?", "h"
            ),
            (
                "http://h?a=b c\r\nX", Endpoint(isSecure: false, host: "h", port: 80), "/?a=b%20c%0D%0AX", "h"
            ),
        ])
    func urls(url: String, endpoint: Endpoint, target: String, authority: String) throws {
        let parsed = try RequestTarget(url)
        #expect(
            parsed.endpoint == endpoint && parsed.target == target && parsed.endpoint.authority == authority)
    }

    @Test(
        "another plain path at the same origin is what taking it apart gives",
        arguments: ["https://h:444", "http://[::1]:8080", "http://Example.COM"])
    func alike(origin: String) throws {
        let known = origin + "/tools/invoke"
        let target = try RequestTarget(known)
        for path in ["/", "/health", "/v1/chat.completions_x-y", "/tools/invoke"] {
            let found = try #require(RequestTarget(origin + path, like: (known, target)))
            #expect(try found == RequestTarget(origin + path))
        }
    }

    @Test(
        "what is not a plain path at the same origin has to be looked at",
        arguments: [
            "http://h:80", "http://h:80?a=b", "http://h:80#f", "http://h:801/a", "http://h:8", "http://h/a",
            "https://h:80/a", "http://h:80/a?b", "http://h:80/a%20b", "http://h:80/a b", "http://h:80/a\r\nX",
            "http://h:80/ä", "http://h:80@evil/a", "HTTP://h:80/a", "",
        ])
    func notAlike(url: String) throws {
        #expect(try RequestTarget(url, like: ("http://h:80/a", RequestTarget("http://h:80/a"))) == nil)
    }

    @Test("a URL without a path gives no origin")
    func withoutPath() throws {
        #expect(try RequestTarget("http://h/a", like: ("http://h", RequestTarget("http://h"))) == nil)
    }
}
