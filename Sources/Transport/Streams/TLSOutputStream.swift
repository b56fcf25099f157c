import Foundation

/// The plaintext that a ``TLSSession`` sends.
final class TLSOutputStream: LoopOutputStream {
    private let session: TLSSession?

    init(session: TLSSession) {
        self.session = session
        super.init()
    }

    #if !canImport(Darwin)
        required init(toMemory: ()) {
            session = nil
            super.init(toMemory: ())
        }
    #endif

    override var hasUnsentBytes: Bool { session?.hasUnsentBytes ?? false }

    override func flush() -> Bool {
        guard let error = session?.flush() else { return true }
        return fail(error) == 0
    }

    override func write(_ buffer: UnsafePointer<UInt8>, maxLength len: Int) -> Int {
        guard let session else { return fail(.cancelled) }
        switch session.write(UnsafeRawBufferPointer(start: buffer, count: len)) {
        case .bytes(let count): return count
        case .wouldBlock: return -1
        case .end: return fail(.ended(.write))
        case .failed(let error): return fail(error)
        }
    }
}
