import Foundation

/// Writes to a non-blocking socket. Never raises SIGPIPE.
final class SocketOutputStream: LoopOutputStream {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
        super.init()
    }

    #if !canImport(Darwin)
        required init(toMemory: ()) {
            descriptor = -1
            super.init(toMemory: ())
        }
    #endif

    override func write(_ buffer: UnsafePointer<UInt8>, maxLength len: Int) -> Int {
        let count = SystemCall.retrying { send(descriptor, buffer, len, SystemCall.sendFlags) }
        if count >= 0 { return count }
        return SystemCall.wouldBlock ? -1 : fail(.system(.write, code: errno))
    }
}
