import Testing
import Wire

@Suite("Absolute URLs")
struct AbsoluteURLTests {
    @Test(
        "are read and written",
        arguments: [
            ("http://h", "http://h/"), ("HTTPS://Example.COM:443/A?B", "https://example.com/A?B"),
            ("ws://[0:0::1]:8080/ws", "ws://[::1]:8080/ws"), ("wss://h.:0444?a=b", "wss://h.:444/?a=b"),
            ("http://h/a?page[size]=20&b=%5B?#f?g", "http://h/a?page[size]=20&b=%5B?"),
            ("http://h/a b/[c]\u{E4}?a=b c\r\nX", "http://h/a%20b/%5Bc%5D%C3%A4?a=b%20c%0D%0AX"),
            ("http://h/\u{301}a", "http://h/%CC%81a"), ("http://h/a?", "http://h/a?"),
            ("http://h#f", "http://h/"),
            ("http://h/a//b/../c/%2e", "http://h/a//b/../c/%2e"), ("http://h/@:a", "http://h/@:a"),
            ("http://xn--bcher-kva.example", "http://xn--bcher-kva.example/"),
        ])
    func accepted(text: String, written: String) throws {
        let url = try AbsoluteURL(text)
        #expect(url.description == written)
        #expect(try AbsoluteURL(url.description) == url)
    }

    @Test("have a host, a port and a target")
    func parts() throws {
        let url = try AbsoluteURL("wss://[::1]/a?b")
        #expect(url.scheme.isSecure && url.host.isLoopback && url.port == 443 && url.target == "/a?b")
        #expect(try AbsoluteURL("ws://h").port == 80)
    }

    @Test(
        "lead to the same place whichever name of this machine they use",
        arguments: [
            ("http://localhost:1", "HTTP://127.0.0.1:1/", true), ("http://h", "http://H.:80/", true),
            ("http://[::1]:1", "http://x.localhost:1", true),
            ("http://localhost:1", "http://localhost:2", false),
            ("http://localhost:1", "https://localhost:1", false), ("http://h/a", "http://h/b", false),
            ("http://localhost:1", "http://127.evil.example:1", false),
        ])
    func samePlace(one: String, other: String, isSame: Bool) throws {
        #expect(try AbsoluteURL(one).isSamePlace(as: AbsoluteURL(other)) == isSame)
    }

    @Test(
        "what another reader could understand differently is refused",
        arguments: [
            ("", .scheme), ("h", .scheme), ("ftp://h", .scheme), ("http:/h", .scheme), ("http:h", .scheme),
            (" http://h", .scheme), ("//h", .scheme), ("http", .scheme), ("https\u{301}://h", .scheme),
            ("http://", .host(.empty)), ("http:///a", .host(.empty)), ("http://:80", .host(.empty)),
            ("http://a@h", .userInfo), ("http://a:b@h", .userInfo), ("http://@h", .userInfo),
            ("http://good.example\\@evil.example", .userInfo),
            ("http://h\\.example/", .host(.character(0x5C))),
            ("http://h ", .host(.character(0x20))), ("http://a%00b.example", .host(.percentEncoded)),
            ("http://b\u{FC}cher.example", .host(.notASCII)), ("http://127.1", .host(.unusualIPv4)),
            ("http://::1/", .host(.badIPv6)), ("http://::1:80", .host(.badIPv6)),
            ("http://[::1", .host(.badIPv6)),
            ("http://[fe80::1%25en0]", .host(.zone)), ("http://h:", .port), ("http://h:0", .port),
            ("http://h:65536", .port), ("http://h:x", .port), ("http://h:+80", .port),
            ("http://[::1]80", .port),
            ("http://h:8 0", .port), ("http://h:99999999999999999999", .port),
        ] as [(String, URLFault)])
    func refused(text: String, fault: URLFault) {
        #expect(throws: fault) { try AbsoluteURL(text) }
        #expect(!fault.summary.contains("\n"))
    }

    @Test(
        "RFC 3986 §5.4: references lead where they say",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"), (";x", "http://a/b/c/;x"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"),
            ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"),
            ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/../h", "http://a/b/c/h"),
            ("g?y/../x", "http://a/b/c/g?y/../x"), ("https://h/a/../b", "https://h/b"),
            ("g/a:b", "http://a/b/c/g/a:b"),
        ])
    func references(reference: String, expected: String) throws {
        #expect(try AbsoluteURL("http://a/b/c/d;p?q").resolving(reference).description == expected)
    }

    @Test(
        "a reference to another scheme or to a host that is refused leads nowhere",
        arguments: ["ftp://h", "mailto:a", "http:g", "//", "//a%00b", "//u@h", "https://127.1", "///g"])
    func badReferences(reference: String) throws {
        let base = try AbsoluteURL("http://a/b")
        #expect(throws: URLFault.self) { try base.resolving(reference) }
    }
}
