import Foundation

/// A port of 127.0.0.1 that stays a stand-in's while it does not listen: connections are refused, and nobody else gets
/// the port meanwhile.
///
/// On Linux a socket that is bound and does not listen lets another with SO_REUSEADDR listen on its port, and keeps the
/// system from giving that port to others. Elsewhere there is no such thing, and the port is 0: any that is free.
package final class PortReservation: Sendable {
    #if os(Linux)
        private let descriptor: Int32
    #endif
    /// For every listener of the stand-in.
    package let port: Int

    package init() {
        #if os(Linux)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            port = Self.bound(descriptor) ?? 0
        #else
            port = 0
        #endif
    }

    #if os(Linux)
        deinit { close(descriptor) }

        private static func bound(_ descriptor: Int32) -> Int? {
            var (yes, address) = (Int32(1), sockaddr_in())
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
                }
            }
            return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
        }
    #endif
}
