import COpenSSL
import Foundation

/// The two directions of a ``TLSMachine``'s ciphertext, as OpenSSL reads and writes them (a BIO): what comes is lent to it
/// where it lies, what goes is appended to an array. OpenSSL's own memory BIO never gives back the room that its largest
/// burst took.
final class TLSBytes {
    /// Belongs to the SSL that it is given to, and must not be used after this object: the SSL goes first.
    let bio: OpaquePointer
    var outgoing: [UInt8] = []
    /// Lent for the time of ``lend(_:_:)``.
    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    /// What was left of earlier input, and how much of it is read.
    private var held: [UInt8] = []
    private var heldStart = 0
    /// How often OpenSSL may still read before it is told to wait, though there is more.
    private var readsLeft = 0

    /// A call reads each record twice, its head and its body; one that returns plaintext needs few. Records that bring none
    /// (KeyUpdate, HelloRequest) are read one after another inside a single call, at up to 150 µs each.
    private static let readsACall = 32

    /// - Returns: nil without memory.
    init?() {
        guard let method = Self.method, let bio = BIO_new(method) else { return nil }
        self.bio = bio
        BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        BIO_set_init(bio, 1)
    }

    /// Whether there is ciphertext that was not read, lent or held.
    var hasInput: Bool { isHolding || !input.isEmpty }

    private var isHolding: Bool { heldStart < held.count }

    /// To be called before each of OpenSSL's functions that reads.
    func allowReads() { readsLeft = Self.readsACall }

    func lend(_ bytes: UnsafeRawBufferPointer, _ use: () -> Void) {
        if isHolding {
            held += bytes
            return use()
        }
        input = bytes
        use()
        (held, heldStart) = (Array(input), 0)
        input = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard readsLeft > 0 else { return 0 }
        readsLeft -= 1
        guard isHolding else {
            let count = min(buffer.count, input.count)
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
            input = UnsafeRawBufferPointer(rebasing: input[count...])
            return count
        }
        let count = min(buffer.count, held.count - heldStart)
        held.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[heldStart..<heldStart + count]))
        }
        heldStart += count
        if heldStart == held.count { (held, heldStart) = ([], 0) }
        return count
    }

    // MARK: OpenSSL's side

    // Proof: made once, then only read; OpenSSL counts references atomically.
    private nonisolated(unsafe) static let method: OpaquePointer? = {
        guard let method = BIO_meth_new(BIO_get_new_index() | Int32(BIO_TYPE_SOURCE_SINK), "ciphertext")
        else {
            return nil
        }
        BIO_meth_set_read_ex(method) { bio, buffer, size, count in
            BIO_clear_flags(
                bio, Int32(BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_IO_SPECIAL | BIO_FLAGS_SHOULD_RETRY))
            guard let bio, let bytes = TLSBytes.of(bio) else { return 0 }
            let taken = bytes.take(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
            count?.pointee = taken
            // Empty is not the end: more may come.
            if taken == 0 { BIO_set_flags(bio, Int32(BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)) }
            return taken > 0 ? 1 : 0
        }
        BIO_meth_set_write_ex(method) { bio, buffer, size, count in
            guard let bio, let bytes = TLSBytes.of(bio) else { return 0 }
            bytes.outgoing += UnsafeRawBufferPointer(start: buffer, count: size)
            count?.pointee = size
            return 1
        }
        // Flushing has nothing to do here, and the handshake needs it to succeed.
        BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return method
    }()

    private static func of(_ bio: OpaquePointer) -> TLSBytes? {
        BIO_get_data(bio).map { Unmanaged<TLSBytes>.fromOpaque($0).takeUnretainedValue() }
    }
}
