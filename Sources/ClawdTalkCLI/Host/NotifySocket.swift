import Foundation

/// The datagram socket on which a service manager hears of its services: sd_notify(3). Sending never waits, and a
/// message that cannot be delivered is nobody's error.
final class NotifySocket: Sendable {
    private let descriptor: Int32
    private let address: [UInt8]

    /// - Parameter name: an absolute path, or `@` and the name of an abstract socket; nil for anything else.
    init?(_ name: String) {
        guard name.hasPrefix("/") || name.hasPrefix("@"), let address = Self.address(name) else { return nil }
        let descriptor = socket(AF_UNIX, Self.datagram, 0)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        (self.descriptor, self.address) = (descriptor, address)
    }

    deinit { close(descriptor) }

    /// - Parameter lines: assignments such as `READY=1`.
    /// - Returns: whether the kernel took them.
    @discardableResult
    func send(_ lines: String...) -> Bool {
        let text = Array(lines.joined(separator: "\n").utf8)
        return address.withUnsafeBytes { bytes in
            // The bytes come from a sockaddr_un; Array storage is aligned for it.
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return sendto(descriptor, text, text.count, 0, pointer, socklen_t(bytes.count)) == text.count
        }
    }

    /// The length of an abstract name is that of the address, so that it must end with the name.
    private static func address(_ name: String) -> [UInt8]? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if name.hasPrefix("@") { bytes[0] = 0 }
        guard bytes.count > 1, bytes.count < MemoryLayout.size(ofValue: address.sun_path),
            let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path)
        else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafeBytes(of: &address) { Array($0.prefix(start + bytes.count)) }
    }

    #if os(Linux)
        private static let datagram = Int32(SOCK_DGRAM.rawValue)
    #else
        private static let datagram = SOCK_DGRAM
    #endif
}
