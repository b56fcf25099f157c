import Foundation

/// Asks a running bridge over its control socket.
struct ControlClient {
    private let path: String
    /// Whose bridge it is: the owner of the home, or whoever asks.
    private let owners: [uid_t]

    /// The socket that the running bridge noted, else the one that it would make.
    init(_ home: HomeFolder) {
        path = InstanceLock.note(home.pidPath) ?? home.socketPath
        var folder = stat()
        owners = [geteuid()] + (stat(home.path, &folder) == 0 ? [folder.st_uid] : [])
    }

    /// The reply to a command, or nil when nobody answers within two seconds.
    func ask(_ command: String) -> Data? {
        // Where others can make files, a socket of somebody else may lie in the place of ours.
        var socketFile = stat()
        guard lstat(path, &socketFile) == 0, owners.contains(socketFile.st_uid) else { return nil }
        let descriptor = socket(AF_UNIX, Self.streamSocket, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard connect(descriptor) else { return nil }
        let line = Array((command + "\n").utf8)
        guard write(descriptor, line, line.count) == line.count else { return nil }
        var reply = Data()
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return reply.isEmpty ? nil : reply }
            guard count > 0 else { return nil }
            reply.append(contentsOf: buffer[..<count])
        }
    }

    func status() -> StatusReport? {
        ask("status").flatMap { try? JSONDecoder().decode(StatusReport.self, from: $0) }
    }

    private func connect(_ descriptor: Int32) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    #if os(Linux)
        private static let streamSocket = Int32(SOCK_STREAM.rawValue)
    #else
        private static let streamSocket = SOCK_STREAM
    #endif
}
