import Foundation

/// The plaintext that a ``TLSSession`` receives.
final class TLSInputStream: LoopInputStream {
    private let session: TLSSession

    init(session: TLSSession) {
        self.session = session
        super.init()
    }

    override var hasBufferedBytes: Bool { session.hasBufferedBytes }

    override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength len: Int) -> Int {
        switch session.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: len)) {
        case .bytes(let count): count
        case .wouldBlock: -1
        case .end: reachEnd()
        case .failed(let error): fail(error)
        }
    }
}
