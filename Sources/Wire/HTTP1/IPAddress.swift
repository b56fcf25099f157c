/// An IPv4 or IPv6 address, read from the one spelling that every program reads alike.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(high: UInt64, low: UInt64)

    package static let loopbackV4 = IPAddress.v4(0x7F00_0001)
    package static let loopbackV6 = IPAddress.v6(high: 0, low: 1)

    /// 127.0.0.0/8, `::1` and `::ffff:127.0.0.0/104` (RFC 4291 §2.5.3 and §2.5.5.2).
    package var isLoopback: Bool {
        switch mappedV4 ?? self {
        case .v4(let bits): bits >> 24 == 127
        case .v6: self == .loopbackV6
        }
    }

    /// `0.0.0.0` or `::`: every address of this machine when listening; Linux takes it for this machine when connecting, too.
    package var isUnspecified: Bool { self == .v4(0) || self == .v6(high: 0, low: 0) }

    /// 4 or 16 bytes in network order.
    package var bytes: [UInt8] {
        switch self {
        case .v4(let bits): Self.bytes(of: bits)
        case .v6(let high, let low): Self.bytes(of: high) + Self.bytes(of: low)
        }
    }

    /// The IPv4 address in `::ffff:a.b.c.d`.
    private var mappedV4: IPAddress? {
        guard case .v6(0, let low) = self, low >> 32 == 0xFFFF else { return nil }
        return .v4(UInt32(truncatingIfNeeded: low))
    }

    private static func bytes(of value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}

extension IPAddress {
    /// Four decimal numbers without leading zeros.
    ///
    /// inet_aton(3) also reads `127.1`, `0x7f.1` and `0177.0.0.1`; not all programs agree on what those mean, so here they
    /// are not addresses.
    init?(v4 text: some Collection<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
                part.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            let value = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
            guard value <= 255 else { return nil }
            bits = bits << 8 | value
        }
        self = .v4(bits)
    }

    /// RFC 4291 §2.2, without brackets and without a zone.
    init?(v6 text: some Collection<UInt8>) {
        let bytes = Array(text)
        let colon = UInt8(ascii: ":")
        var groups: [UInt16]
        if let gap = bytes.indices.dropLast().first(where: { bytes[$0] == colon && bytes[$0 + 1] == colon }) {
            guard let head = Self.groups(bytes[..<gap], mayEndInV4: false),
                let tail = Self.groups(bytes[(gap + 2)...], mayEndInV4: true), head.count + tail.count < 8
            else { return nil }
            groups = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        } else {
            guard let all = Self.groups(bytes[...], mayEndInV4: true), all.count == 8 else { return nil }
            groups = all
        }
        let halves = [groups[..<4], groups[4...]].map { $0.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
        self = .v6(high: halves[0], low: halves[1])
    }

    private static func groups(_ text: ArraySlice<UInt8>, mayEndInV4: Bool) -> [UInt16]? {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, mayEndInV4, case .v4(let bits)? = IPAddress(v4: part) {
                groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
                continue
            }
            let digits = part.compactMap(ASCII.hexValue)
            guard (1...4).contains(part.count), digits.count == part.count else { return nil }
            groups.append(digits.reduce(0) { $0 << 4 | UInt16($1) })
        }
        return groups
    }
}

extension IPAddress: CustomStringConvertible {
    /// RFC 5952: lower case, the longest run of zeros as `::`, an IPv4-mapped address with its dots.
    package var description: String {
        switch self {
        case .v4: return bytes.map(String.init).joined(separator: ".")
        case .v6:
            if let mappedV4 { return "::ffff:\(mappedV4)" }
            let bytes = bytes
            let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
            let hex = groups.map { String($0, radix: 16) }
            guard let zeros = Self.longestZeros(groups) else { return hex.joined(separator: ":") }
            return hex[..<zeros.lowerBound].joined(separator: ":") + "::"
                + hex[zeros.upperBound...].joined(separator: ":")
        }
    }

    /// RFC 5952 §4.2: the first of the longest runs, and never a single group.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var longest = 0..<1
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            if index + 1 - start > longest.count { longest = start..<index + 1 }
        }
        return longest.count > 1 ? longest : nil
    }
}
