import Foundation

/// Reads from a non-blocking socket. The descriptor belongs to whoever made the stream.
final class SocketInputStream: LoopInputStream {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
        super.init()
    }

    override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength len: Int) -> Int {
        let count = SystemCall.retrying { recv(descriptor, buffer, len, 0) }
        if count > 0 { return count }
        if count == 0 { return reachEnd() }
        return SystemCall.wouldBlock ? -1 : fail(.system(.read, code: errno))
    }
}
