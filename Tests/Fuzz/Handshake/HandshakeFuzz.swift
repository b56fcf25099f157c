/// One input of the fuzzer: the first byte chooses the role and where the rest is cut; the rest is the peer's half of the
/// opening handshake, and perhaps frames behind it. However it is cut, it must come to the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHandshake(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let dice = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    let whole = outcome([bytes], dice)
    let cut = pieces(of: bytes, size: 1 + Int(dice >> 1))
    let inPieces = outcome(cut, dice)
    precondition(inPieces.events == whole.events && inPieces.outgoing == whole.outgoing)
    return 0
}

private func outcome(_ pieces: [[UInt8]], _ dice: UInt8) -> (
    events: [RecordedMachine.Event], outgoing: [UInt8]
) {
    var limits = WebSocketLimits()
    limits.maximumHeadBytes = 1024
    // A digest that says what it digested, so that the fuzzer can find a right answer.
    let sha1: @Sendable ([UInt8]) -> [UInt8] = { Array($0.prefix(20)) }
    let role =
        dice & 1 == 0
        ? WebSocketMachine.Role.server(ServerHandshake(acceptsDeflate: true, sha1: sha1))
        : .client(
            ClientHandshake(
                host: "h", target: "/", nonce: [UInt8](repeating: 0, count: 16), subprotocols: ["a"],
                offersDeflate: true, sha1: sha1))
    let machine = RecordedMachine(role: role, limits: limits) { MaskingKey(word: 0) }
    for piece in pieces { machine.receive(piece) }
    machine.receiveEnd()
    return (machine.takeEvents(), machine.takeOutgoing())
}
