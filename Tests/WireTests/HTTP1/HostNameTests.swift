import Testing
import Wire

@Suite("Names of hosts")
struct HostNameTests {
    @Test(
        "a host is kept as it was written, in lower case, and gets brackets where a URL needs them",
        arguments: [
            ("Example.COM", "example.com", "example.com"),
            ("xn--BCHER-kva.example", "xn--bcher-kva.example", nil),
            ("my_service-1", "my_service-1", nil), ("127.0.0.1", "127.0.0.1", nil), ("0xg", "0xg", nil),
            ("::1", "::1", "[::1]"), ("[2001:DB8::1]", "2001:db8::1", "[2001:db8::1]"), ("1a", "1a", nil),
            ("1.2.3.4.example", "1.2.3.4.example", nil),
        ] as [(String, String, String?)])
    func accepted(text: String, serverName: String, urlText: String?) throws {
        let host = try HostName(text)
        #expect(host.serverName == serverName && host.urlText == urlText ?? serverName)
        #expect(host.lookupName == serverName && "\(host)" == serverName && !host.isAbsolute)
    }

    @Test(
        "a host that the system would cut, decode or guess at is refused with its cure",
        arguments: [
            ("", .empty), ("b\u{FC}cher.example", .notASCII), ("\u{FF41}.example", .notASCII),
            ("a%00b.example", .percentEncoded), ("%61.example", .percentEncoded), ("a\0b", .character(0)),
            ("a b", .character(0x20)), ("a\nb", .character(0x0A)), ("a/b", .character(0x2F)),
            ("a@b", .character(0x40)), ("a\\b", .character(0x5C)), ("*.example", .character(0x2A)),
            (".", .emptyLabel), (".a", .emptyLabel), ("a..b", .emptyLabel), ("a..", .emptyLabel),
            ("0x7f.1", .unusualIPv4), ("127.1", .unusualIPv4), ("2130706433", .unusualIPv4),
            ("0177.0.0.1", .unusualIPv4), ("127.0.0.01", .unusualIPv4), ("256.1.1.1", .unusualIPv4),
            ("1.2.3.4.5", .unusualIPv4), ("0x7F000001", .unusualIPv4), ("127.0.0.0x1", .unusualIPv4),
            ("a.0x", .unusualIPv4), ("127.0.0.1.", .unusualIPv4), ("example.1", .unusualIPv4),
            ("fe80::1%eth0", .zone), ("[fe80::1%25eth0]", .zone), ("[::1", .badIPv6), ("::1]", .badIPv6),
            ("[]", .badIPv6), ("[127.0.0.1]", .badIPv6), ("[v1.a]", .badIPv6), ("a:80", .badIPv6),
        ] as [(String, HostFault)])
    func refused(text: String, fault: HostFault) {
        #expect(throws: fault) { try HostName(text) }
        #expect(!fault.summary.contains("\n"))
    }

    @Test("a name may have 253 characters and a label 63")
    func lengths() throws {
        let label = String(repeating: "a", count: 63)
        let name = "\(label).\(label).\(label).\(label.dropLast(2))"
        #expect(name.utf8.count == 253)
        #expect(try HostName(name).serverName == name && HostName(name + ".").serverName == name)
        #expect(throws: HostFault.tooLong) { try HostName(name + "a") }
        #expect(throws: HostFault.tooLong) { try HostName(label + "a") }
    }

    @Test("a trailing dot is for DNS and the Host field only: SNI, the certificate and comparisons have none")
    func trailingDot() throws {
        let host = try HostName("Example.com.")
        #expect(host.isAbsolute && host.serverName == "example.com" && host.lookupName == "example.com.")
        #expect(host.urlText == "example.com.")
        #expect(try host == HostName("example.COM") && Set([host, HostName("example.com")]).count == 1)
    }

    @Test(
        "this machine",
        arguments: [
            "localhost", "LOCALHOST", "localhost.", "a.localhost", "a.b.localhost.", "127.0.0.1", "127.9.9.9",
            "::1",
            "[::1]", "0:0:0:0:0:0:0:1", "[0000::0:0001]", "::ffff:127.0.0.1", "::ffff:7f00:1", "::0.0.0.1",
        ])
    func loopback(text: String) throws {
        let host = try HostName(text)
        #expect(host.isLoopback && !host.knownAddresses.isEmpty)
        #expect(host.knownAddresses.allSatisfy { $0.isLoopback })
    }

    @Test(
        "other machines",
        arguments: [
            "127.evil.example", "localhost.example", "notlocalhost", "10.0.0.1", "128.0.0.1", "0.0.0.0", "::",
            "::2",
            "::127.0.0.1", "::ffff:128.0.0.1", "clawdtalk.com",
        ])
    func others(text: String) throws { #expect(try !HostName(text).isLoopback) }

    @Test("a name of this machine has addresses without DNS, another name has none")
    func knownAddresses() throws {
        #expect(try HostName("x.localhost").knownAddresses == [.loopbackV4, .loopbackV6])
        #expect(try HostName("10.1.2.3").knownAddresses == [.v4(0x0A01_0203)])
        #expect(try HostName("clawdtalk.com").knownAddresses.isEmpty)
        #expect(HostName.loopback.serverName == "127.0.0.1" && HostName.loopback.isLoopback)
    }

    @Test(
        "a domain takes in the names below it, an address only itself",
        arguments: [
            ("a.example", "example", true), ("a.example.", "a.example", true),
            ("example", "a.example", false),
            ("notexample", "example", false), ("10.0.0.1", "10.0.0.1", true), ("::1", "[0:0::1]", true),
        ])
    func within(host: String, domain: String, isWithin: Bool) throws {
        #expect(try HostName(host).isWithin(HostName(domain)) == isWithin)
    }
}

@Suite("RFC 5952: one spelling of an IPv6 address")
struct IPAddressTests {
    @Test(
        "each address has one spelling",
        arguments: [
            ("0:0:0:0:0:0:0:0", "::"), ("2001:0DB8::0001", "2001:db8::1"), ("2001:db8:0:1:1:1:1:1", nil),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("1::", nil), ("1:2:3:4:5:6:7:8", nil), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::FFFF:192.0.2.1", "::ffff:192.0.2.1"), ("::ffff:c000:201", "::ffff:192.0.2.1"),
            ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
        ] as [(String, String?)])
    func spelling(text: String, expected: String?) throws {
        let host = try HostName(text)
        #expect(host.serverName == expected ?? text)
        #expect(try HostName(host.urlText) == host)
    }

    @Test(
        "what is not an IPv6 address",
        arguments: [
            ":", ":::", "1:::2", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
            "::12345", "::g",
            ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1.2.3.4::", "::1.2.3", "::1.2.3.04", "::1.2.3.4:5", "::-1",
            ": :1",
        ])
    func bad(text: String) { #expect(throws: HostFault.badIPv6) { try HostName(text) } }

    @Test("the bytes are in network order")
    func bytes() throws {
        #expect(IPAddress.loopbackV4.bytes == [127, 0, 0, 1])
        #expect(
            try HostName("1:203::ff").address?.bytes == [0, 1, 2, 3] + Array(repeating: 0, count: 11) + [0xFF]
        )
        #expect(IPAddress.v4(0).isUnspecified && IPAddress.v6(high: 0, low: 0).isUnspecified)
    }
}
