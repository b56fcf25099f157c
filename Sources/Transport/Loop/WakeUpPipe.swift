import Foundation

/// The descriptor that ends the loop's poll(2) when another thread has work for it.
struct WakeUpPipe: Sendable {
    let readEnd: Int32
    private let writeEnd: Int32

    init() throws(TransportError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(.listen, code: errno) }
        for end in ends { SystemCall.makeNonBlocking(end) }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    /// A full pipe already wakes the reader, so a failed write loses nothing.
    func signal() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) == bytes.count {}
    }

    func close() {
        for end in [readEnd, writeEnd] { _ = Foundation.close(end) }
    }
}
