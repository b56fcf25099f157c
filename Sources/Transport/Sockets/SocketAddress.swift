import Foundation

/// An IPv4, IPv6 or Unix-domain address as the system takes it.
package struct SocketAddress: Equatable, Sendable {
    let storage: [UInt8]
    package let family: Int32

    init(_ pointer: UnsafePointer<sockaddr>, length: socklen_t) {
        storage = Array(UnsafeRawBufferPointer(start: pointer, count: Int(length)))
        family = Int32(pointer.pointee.sa_family)
    }

    /// A Unix-domain path, or nil when it is longer than the system allows (about 107 bytes).
    package init?(unixPath: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(unixPath.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.count < capacity else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        storage = withUnsafeBytes(of: &address) { Array($0) }
        family = AF_UNIX
    }

    /// A numeric address such as 127.0.0.1 or ::1, or nil when `host` is a name.
    package init?(numericHost host: String, port: Int) {
        guard
            let first = Resolver.lookUp(host, port: port, flags: AI_NUMERICHOST | AI_NUMERICSERV).addresses
                .first
        else { return nil }
        self = first
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        storage.withUnsafeBytes {
            // The bytes came from a sockaddr of this size; Array storage is aligned for it.
            body($0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
    }
}
