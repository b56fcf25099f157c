import Foundation

/// The descriptor that ends the loop's sleep when another thread has work for it.
final class WakeUpPipe: Sendable {
    private let readEnd: Descriptor
    private let writeEnd: Descriptor

    init() throws(TransportFailure) {
        guard let ends = SystemCall.openPipe() else { throw .system(.watch, code: errno) }
        readEnd = Descriptor(owning: ends.read)
        writeEnd = Descriptor(owning: ends.write)
    }

    /// Readable after ``signal()``.
    var number: Int32 { readEnd.number }

    /// A full pipe already wakes the reader, so a failed write loses nothing.
    func signal() {
        var byte: UInt8 = 1
        _ = write(writeEnd.number, &byte, 1)
    }

    func drain() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { bytes in
            while read(readEnd.number, bytes.baseAddress, bytes.count) == bytes.count {}
        }
    }
}
