/// What one attempt to move bytes came to.
enum StreamResult: Equatable {
    case bytes(Int)
    /// Nothing moves now; the poller tells when.
    case wouldBlock
    case end
    case failed(TransportFailure)
}

/// Room for one read, shared by all connections of a loop: nothing stays in it from one call to the next.
final class ReadScratch: @unchecked Sendable {  // Proof: used on the loop's thread alone.
    /// What comes from a socket.
    let received: UnsafeMutableRawBufferPointer
    /// What a whole ``received`` decrypts to, with the record that was begun before it.
    let decrypted: UnsafeMutableRawBufferPointer

    private static let receivedBytes = 256 << 10
    /// RFC 8446 §5.1: the plaintext of a record.
    static let largestRecord = 16 << 10

    init() {
        received = .allocate(byteCount: Self.receivedBytes, alignment: 16)
        decrypted = .allocate(byteCount: Self.receivedBytes + Self.largestRecord, alignment: 16)
    }

    deinit {
        received.deallocate()
        decrypted.deallocate()
    }
}

/// What one connection may still do before the loop turns to others: read so many bytes, and take so long. Bytes alone say
/// little: a few of them can mean much work.
struct ReadBudget {
    private var bytes = 512 << 10
    private var isAsked = false
    private var start: ContinuousClock.Instant?

    /// How long others wait for one connection at most, but for what cannot be interrupted.
    static let time = Duration.milliseconds(10)

    /// The clock is looked at from the second question on: most reads ask once.
    var isSpent: Bool {
        mutating get {
            guard bytes > 0 else { return true }
            guard isAsked else {
                isAsked = true
                return false
            }
            let now = ContinuousClock.now
            guard let start else {
                start = now
                return false
            }
            return now - start >= Self.time
        }
    }

    mutating func spend(_ count: Int) { bytes -= count }
}
