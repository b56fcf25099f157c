import Foundation

/// One input of the fuzzer: the first byte chooses what the rest is read as: a host, a URL, or a reference from a known URL.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzURLs(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    guard let dice = input.first else { return 0 }
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    switch dice % 3 {
    case 0:
        guard let host = try? HostName(text) else { return 0 }
        check(host)
        // A name is kept as it was written.
        precondition(host.address != nil || host.lookupName == text.lowercased())
        precondition((try? HostName(text.uppercased())) == host)
    case 1:
        if let url = try? AbsoluteURL(text) { check(url) }
    default:
        for base in ["https://h", "ws://[::1]:80/a/../b/c?d"].compactMap({ try? AbsoluteURL($0) }) {
            if let url = try? base.resolving(text) { check(url, asReference: text, from: base) }
        }
    }
    return 0
}

private func check(_ host: HostName) {
    let name = host.serverName
    let isV6 = if case .v6 = host.address { true } else { false }
    precondition(name.utf8.allSatisfy { isHostByte($0) || (isV6 && $0 == UInt8(ascii: ":")) })
    // What goes into SNI and the certificate's check.
    precondition((1...253).contains(name.utf8.count) && name.utf8.last != UInt8(ascii: "."))
    for again in [name, host.lookupName, host.urlText] { precondition((try? HostName(again)) == host) }
    precondition((try? HostName(host.urlText))?.isAbsolute == host.isAbsolute && host.isWithin(host))
    // What counts as this machine leads to this machine and nowhere else, and needs no DNS.
    precondition(host.isLoopback == host.knownAddresses.contains(where: \.isLoopback))
    precondition(host.knownAddresses.allSatisfy { $0.isLoopback == host.isLoopback })
    // The system's own readers see the same address, or a name.
    precondition(systemBytes(host.lookupName) == host.address?.bytes)
}

private func check(_ url: AbsoluteURL) {
    check(url.host)
    precondition((1...65535).contains(url.port) && url.path.utf8.first == UInt8(ascii: "/"))
    // A request line holds it: no blank, no control character, nothing outside ASCII, no fragment.
    precondition(url.target.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
    precondition((try? AbsoluteURL(url.description)) == url)
    precondition((try? AbsoluteURL(url.description + "#fragment")) == url && (try? url.resolving("")) == url)
}

private func check(_ url: AbsoluteURL, asReference text: String, from base: AbsoluteURL) {
    check(url)
    // Only a reference that names a host leads to another one.
    let namesHost = text.utf8.contains(UInt8(ascii: ":")) || text.utf8.starts(with: Array("//".utf8))
    precondition(namesHost || (url.host == base.host && url.port == base.port && url.scheme == base.scheme))
    let keepsPath = text.utf8.first.map { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? true
    let segments = url.path.split(separator: "/", omittingEmptySubsequences: false)
    precondition(keepsPath || !segments.contains { $0 == "." || $0 == ".." })
}

private func systemBytes(_ text: String) -> [UInt8]? {
    var (v4, v6) = (in_addr(), in6_addr())
    if inet_aton(text, &v4) != 0 { return withUnsafeBytes(of: &v4) { Array($0) } }
    if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: &v6) { Array($0) } }
    return nil
}

private func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    default: false
    }
}
