import Foundation

/// A service manager's end of sd_notify(3): a datagram socket whose messages have come when the sender has sent them.
package final class DatagramReceiver: Sendable {
    /// As NOTIFY_SOCKET holds it.
    package let name: String
    private let descriptor: Int32

    package init(isAbstract: Bool = false) throws {
        let id = "ct-notify-\(UUID().uuidString)"
        name = isAbstract ? "@" + id : FileManager.default.temporaryDirectory.path + "/" + id
        descriptor = socket(AF_UNIX, Self.datagram, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if isAbstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t((MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0) + bytes.count)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
        }
        guard isBound else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit {
        close(descriptor)
        unlink(name)
    }

    /// What has come since the last look.
    package func messages() -> [String] {
        var messages: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return messages }
            messages.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }

    /// Reads until a message has this line.
    /// - Returns: false when none comes for 40 s.
    package func hears(_ line: String) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                var limit = timeval(tv_sec: 40, tv_usec: 0)
                setsockopt(
                    descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
                var buffer = [UInt8](repeating: 0, count: 4096)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    guard count >= 0 else { return continuation.resume(returning: false) }
                    let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n")
                    if lines.contains(where: { $0 == line }) { return continuation.resume(returning: true) }
                }
            }
        }
    }

    #if os(Linux)
        private static let datagram = Int32(SOCK_DGRAM.rawValue)
    #else
        private static let datagram = SOCK_DGRAM
    #endif
}
