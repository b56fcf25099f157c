/// The host of a URL or of a setting: a domain name, an IPv4 address or an IPv6 address, checked and in one spelling.
///
/// Names stay in the form in which they were written (`xn--…` is not decoded), in lower case. Two hosts are equal when
/// certificates and proxies take them for the same one: a trailing dot makes no difference, nor does the spelling of an IPv6
/// address.
package struct HostName: Sendable {
    /// For SNI, the certificate and comparisons: without a trailing dot (RFC 6066 §3) and without brackets.
    package let serverName: String
    /// Whether it was written with a trailing dot: DNS then adds no search domain.
    package let isAbsolute: Bool
    /// Nil for a name.
    package let address: IPAddress?

    /// 127.0.0.1.
    package static let loopback = HostName(.loopbackV4)

    /// RFC 1035 §2.3.4, in bytes, without a trailing dot.
    package static let maximumBytes = 253
    package static let maximumLabelBytes = 63

    package init(_ address: IPAddress) {
        (serverName, isAbsolute, self.address) = (address.description, false, address)
    }

    /// Reads a name of ASCII letters, digits, hyphens and underscores (Docker Compose uses them), an IPv4 address, or an
    /// IPv6 address with or without brackets.
    /// - Throws: ``HostFault`` for everything else: in particular for spellings of IPv4 that only some programs read, such as
    ///   `127.1`, and for IPv6 zones, which URLs have no syntax for since RFC 9844.
    package init(_ text: some StringProtocol) throws(HostFault) {
        let bytes = text.utf8.map(ASCII.lowercased)
        guard !bytes.isEmpty else { throw .empty }
        if bytes.contains(UInt8(ascii: ":")) || bytes[0] == UInt8(ascii: "[") {
            self.init(try Self.addressV6(bytes))
        } else {
            try self.init(nameOrV4: bytes)
        }
    }

    private init(nameOrV4 bytes: [UInt8]) throws(HostFault) {
        if let wrong = bytes.first(where: { !Self.isAllowed($0) }) { throw HostFault(character: wrong) }
        let name = bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes[...]
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy({ !$0.isEmpty }) else { throw .emptyLabel }
        guard name.count <= Self.maximumBytes, labels.allSatisfy({ $0.count <= Self.maximumLabelBytes })
        else {
            throw .tooLong
        }
        isAbsolute = name.count < bytes.count
        serverName = String(decoding: name, as: UTF8.self)
        // As the URL Standard's "ends in a number": the system's resolver would take such a host for an IPv4 address.
        guard let last = labels.last, Self.isNumber(last) else {
            address = nil
            return
        }
        guard !isAbsolute, let address = IPAddress(v4: name) else { throw .unusualIPv4 }
        self.address = address
    }

    /// Whether it is this machine: `localhost` and every name below it (RFC 6761 §6.3), or a loopback address.
    package var isLoopback: Bool {
        address?.isLoopback ?? (serverName == "localhost" || serverName.hasSuffix(".localhost"))
    }

    /// The addresses that are known without DNS: the address itself, those of this machine for its own names; else none.
    ///
    /// IPv4 comes first for this machine, because that is where local servers listen.
    package var knownAddresses: [IPAddress] {
        address.map { [$0] } ?? (isLoopback ? [.loopbackV4, .loopbackV6] : [])
    }

    /// For DNS: with the trailing dot.
    package var lookupName: String { isAbsolute ? serverName + "." : serverName }

    /// For URLs, the Host field and CONNECT: IPv6 in brackets (RFC 3986 §3.2.2), a trailing dot as it was written.
    package var urlText: String {
        if case .v6 = address { return "[\(serverName)]" }
        return lookupName
    }

    /// Whether it is `domain` or a name below it.
    package func isWithin(_ domain: HostName) -> Bool {
        self == domain
            || (address == nil && domain.address == nil && serverName.hasSuffix("." + domain.serverName))
    }

    private static func addressV6(_ text: [UInt8]) throws(HostFault) -> IPAddress {
        if text.contains(UInt8(ascii: "%")) { throw .zone }
        var text = text[...]
        if text.first == UInt8(ascii: "[") {
            guard text.last == UInt8(ascii: "]") else { throw .badIPv6 }
            text = text.dropFirst().dropLast()
        }
        guard let address = IPAddress(v6: text) else { throw .badIPv6 }
        return address
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Decimal, octal or hexadecimal, as inet_aton(3) reads numbers.
    private static func isNumber(_ label: ArraySlice<UInt8>) -> Bool {
        if label.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        return label.starts(with: Array("0x".utf8))
            && label.dropFirst(2).allSatisfy { ASCII.hexValue($0) != nil }
    }
}

extension HostName: Hashable, CustomStringConvertible {
    package static func == (left: Self, right: Self) -> Bool { left.serverName == right.serverName }
    package func hash(into hasher: inout Hasher) { hasher.combine(serverName) }
    package var description: String { lookupName }
}

/// Why a text is not a host that this program connects to.
package enum HostFault: Error, Hashable, Sendable {
    case empty
    case notASCII
    case percentEncoded
    case character(UInt8)
    case emptyLabel
    case tooLong
    /// Digits that the system's resolver may take for another IPv4 address than the reader does.
    case unusualIPv4
    case badIPv6
    case zone

    init(character: UInt8) {
        self =
            switch character {
            case 0x80...: .notASCII
            case UInt8(ascii: "%"): .percentEncoded
            default: .character(character)
            }
    }

    /// What is wrong and what to write instead, in one line.
    package var summary: String {
        switch self {
        case .empty: "the host is missing"
        case .notASCII: "the host has letters outside ASCII; write it in its xn-- form"
        case .percentEncoded:
            "the host is percent-encoded; write it without %, international names in their xn-- form"
        case .character(let byte):
            "the host contains \(Self.shown(byte)); use letters, digits, hyphens and dots"
        case .emptyLabel: "the host has two dots in a row or starts with a dot"
        case .tooLong:
            "the host is too long; a name has at most \(HostName.maximumBytes) characters, "
                + "\(HostName.maximumLabelBytes) between two dots"
        case .unusualIPv4:
            "the host looks like an IPv4 address but is not one; write four numbers, like 127.0.0.1"
        case .badIPv6: "the IPv6 address is not valid; write it in brackets, like [::1]"
        case .zone: "IPv6 zones (%) are not supported; use a host name or an address without a zone"
        }
    }

    private static func shown(_ byte: UInt8) -> String {
        (0x21...0x7E).contains(byte)
            ? "\"\(Character(UnicodeScalar(byte)))\""
            : byte == 0x20 ? "a space" : "the control character 0x\(String(byte, radix: 16))"
    }
}
