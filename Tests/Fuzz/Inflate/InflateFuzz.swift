/// One input of the fuzzer: as compressed data it must be inflated within its limit or refused, the same however it is
/// cut; as a message it must survive being compressed and inflated.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInflate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let dice = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    let cut = pieces(of: bytes, size: 1 + Int(dice >> 1))
    let whole = inflated([bytes])
    precondition(whole == inflated(cut) && (whole?.count ?? 0) <= limitBytes)
    roundTrip(bytes, windowBits: 9 + Int(dice % 7), takesOver: dice & 1 == 0)
    return 0
}

private let limitBytes = 100_000

private func inflated(_ pieces: [[UInt8]]) -> [UInt8]? {
    guard var inflater = Inflater() else { return nil }
    var message: [UInt8] = []
    for piece in pieces {
        let fault = piece.withUnsafeBytes { inflater.fault(of: $0, into: &message, limitBytes: limitBytes) }
        if fault != nil { return nil }
    }
    return inflater.endMessage(into: &message, limitBytes: limitBytes) == nil ? message : nil
}

private func roundTrip(_ message: [UInt8], windowBits: Int, takesOver: Bool) {
    guard var deflater = Deflater(windowBits: windowBits), var inflater = Inflater() else { return }
    for _ in 0..<3 {
        if !takesOver {
            guard let newDeflater = Deflater(windowBits: windowBits, messageBytes: message.count),
                let newInflater = Inflater()
            else { return }
            deflater = newDeflater
            inflater = newInflater
        }
        guard let compressed = message.withUnsafeBytes({ deflater.deflate($0) }) else { continue }
        precondition(compressed.count < message.count)
        var back: [UInt8] = []
        let fault = compressed.withUnsafeBytes { inflater.fault(of: $0, into: &back, limitBytes: limitBytes) }
        precondition(fault == nil && inflater.endMessage(into: &back, limitBytes: limitBytes) == nil)
        precondition(back == message)
    }
}
