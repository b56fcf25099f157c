import Testing
import Wire

@testable import Transport

@Suite("URLs of requests")
struct RequestTargetTests {
    @Test(
        "are taken apart",
        arguments: [
            ("wss://Example.COM/ws", true, "example.com", 443, "/ws", "example.com"),
            ("http://[::1]:8080", false, "::1", 8080, "/", "[::1]:8080"),
            ("https://h:444/a%20b?c=d&e", true, "h", 444, "/a%20b?c=d&e", "h:444"),
            ("http://h/a?page[size]=20&b=%5B?#f", false, "h", 80, "/a?page[size]=20&b=%5B?", "h"),
            ("http://h?a=b c\r\nX", false, "h", 80, "/?a=b%20c%0D%0AX", "h"),
        ])
    func urls(url: String, isSecure: Bool, host: String, port: Int, target: String, authority: String) throws
    {
        let parsed = try RequestTarget(url)
        #expect(try parsed.endpoint == Endpoint(isSecure: isSecure, host: HostName(host), port: port))
        #expect(parsed.target == target && parsed.endpoint.authority == authority)
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

    @Test("a domain in its xn-- form goes out as it was written, in the Host field and to DNS")
    func punycode() throws {
        let parsed = try RequestTarget("https://xn--BCHER-kva.example/ws")
        #expect(parsed.endpoint.authority == "xn--bcher-kva.example")
    }

    @Test(
        "a host that C would cut or DNS would misread is refused",
        arguments: [
            "http://a%00b.example", "http://b\u{fc}cher.example", "http://127.1", "http://0x7f.1",
            "http://2130706433",
            "http://0177.0.0.1", "http://a..b",
        ])
    func refusedHosts(url: String) { #expect(throws: TransportFailure.self) { try RequestTarget(url) } }

    @Test("a refused URL is told with its cause, and without a password")
    func refusal() {
        #expect(
            TransportFailure.badURL("http://127.1", .host(.unusualIPv4)).summary
                == "cannot use http://127.1: the host looks like an IPv4 address but is not one; "
                + "write four numbers, like 127.0.0.1")
        #expect(!TransportFailure.badURL("http://ana:secret@h", .userInfo).summary.contains("secret"))
    }

    @Test("a redirect to a host that is refused leads nowhere, and a relative one keeps the origin")
    func redirects() {
        let base = "https://xn--bcher-kva.example/a/b?c"
        #expect(RequestTarget.resolve("../d", against: base) == "https://xn--bcher-kva.example/d")
        #expect(RequestTarget.resolve("//h/d#f", against: base) == "https://h/d")
        for location in ["https://127.1/", "//a%00b", "https://user@h/", "ftp://h/"] {
            #expect(RequestTarget.resolve(location, against: base) == nil)
        }
    }

    @Test("a URL without a path gives no origin, whatever its query looks like")
    func withoutPath() throws {
        let known = ("http://h?next=/one", try RequestTarget("http://h?next=/one"))
        #expect(RequestTarget("http://h?next=/two", like: known) == nil)
        #expect(try RequestTarget("http://h/a", like: ("http://h", RequestTarget("http://h"))) == nil)
    }
}
