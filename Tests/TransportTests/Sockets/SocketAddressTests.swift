import Foundation
import Testing
import Wire

@testable import Transport

@Suite("Addresses as the system takes them")
struct SocketAddressTests {
    /// What getaddrinfo makes of a numeric address.
    private func system(_ host: String, _ port: Int) -> SocketAddress? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        hints.ai_socktype = SystemCall.streamSocket
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let list else { return nil }
        defer { freeaddrinfo(list) }
        return list.pointee.ai_addr.map { SocketAddress($0, length: list.pointee.ai_addrlen) }
    }

    @Test(
        "are what getaddrinfo makes of them",
        arguments: ["127.0.0.1", "10.1.2.3", "::1", "2001:db8::ff", "::ffff:1.2.3.4", "::"])
    func same(host: String) throws {
        var address = try #require(SocketAddress(numericHost: host, port: 40_000))
        #expect(address == system(host, 40_000) && address.port == 40_000)
        address.port = 1
        #expect(address == system(host, 1))
    }

    @Test(
        "a spelling that getaddrinfo would take for this machine is not an address",
        arguments: ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "localhost", ""])
    func refused(host: String) { #expect(SocketAddress(numericHost: host, port: 1) == nil) }

    @Test("an attempt to connect that a signal interrupts continues; a second connect(2) would fail")
    func interrupted() {
        #expect(Socket.isUnderWay(EINTR) && Socket.isUnderWay(EINPROGRESS))
        #expect(![EAGAIN, EALREADY, ECONNREFUSED].contains(where: Socket.isUnderWay))
    }
}
