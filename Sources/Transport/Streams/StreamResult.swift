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
