import Foundation
package import Wire

/// An IPv4, IPv6 or Unix-domain address as the system takes it.
package struct SocketAddress: Equatable, Sendable {
    private(set) var storage: [UInt8]
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

    package init(_ address: IPAddress, port: Int) {
        switch address {
        case .v4:
            var system = sockaddr_in()
            system.sin_family = sa_family_t(AF_INET)
            withUnsafeMutableBytes(of: &system.sin_addr) { $0.copyBytes(from: address.bytes) }
            storage = Self.storage(of: &system)
            family = AF_INET
        case .v6:
            var system = sockaddr_in6()
            system.sin6_family = sa_family_t(AF_INET6)
            withUnsafeMutableBytes(of: &system.sin6_addr) { $0.copyBytes(from: address.bytes) }
            storage = Self.storage(of: &system)
            family = AF_INET6
        }
        self.port = port
    }

    /// A numeric address such as 127.0.0.1 or ::1, or nil for a name and for everything that ``HostName`` refuses.
    package init?(numericHost host: String, port: Int) {
        guard let address = (try? HostName(host))?.address else { return nil }
        self.init(address, port: port)
    }

    /// Of an Internet address; 0 for a Unix-domain path.
    package var port: Int {
        get { hasPort ? Int(storage[2]) << 8 | Int(storage[3]) : 0 }
        set {
            guard hasPort else { return }
            // In bytes 2 and 3 of both sockaddr_in and sockaddr_in6, most significant first.
            (storage[2], storage[3]) = (
                UInt8(truncatingIfNeeded: newValue >> 8), UInt8(truncatingIfNeeded: newValue)
            )
        }
    }

    private var hasPort: Bool { family == AF_INET || family == AF_INET6 }

    private static func storage<System>(of system: inout System) -> [UInt8] {
        withUnsafeMutableBytes(of: &system) { bytes in
            #if canImport(Darwin)
                // The first byte is the length (sin_len).
                bytes[0] = UInt8(bytes.count)
            #endif
            return Array(bytes)
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        storage.withUnsafeBytes {
            // The bytes came from a sockaddr of this size; Array storage is aligned for it.
            body($0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
    }
}
