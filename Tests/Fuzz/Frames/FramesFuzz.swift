/// One input of the fuzzer: the first byte chooses the role, compression and where the rest is cut; the rest is what the
/// peer sends. However it is cut, it must come to the same events, answers and end.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrames(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let dice = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    let whole = Outcome(of: [bytes], dice)
    let cut = pieces(of: bytes, size: 1 + Int(dice >> 3))
    precondition(Outcome(of: cut, dice) == whole)
    for case .message(.text(let text)) in whole.events {
        precondition(String(validating: text, as: UTF8.self) != nil)
    }
    return 0
}

private struct Outcome: Equatable {
    let events: [WebSocketEvent]
    let outgoing: [UInt8]
    let fault: WebSocketFault?

    init(of pieces: [[UInt8]], _ dice: UInt8) {
        var limits = WebSocketLimits()
        (limits.maximumFrameBytes, limits.maximumMessageBytes) = (4096, 8192)
        let role =
            dice & 1 == 0
            ? WebSocketConnection.Role.server(ServerHandshake { _ in [] })
            : .client(ClientHandshake(host: "h", target: "/", nonce: [], sha1: { _ in [] }))
        var connection = WebSocketConnection(role: role, limits: limits) { MaskingKey(word: 0x0102_0304) }
        _ = connection.takeOutgoing()
        connection.phase = .open
        if dice & 2 != 0 {
            var parameters = DeflateParameters()
            parameters.serverTakesContextOver = dice & 4 == 0
            connection.deflate = parameters
        }
        for piece in pieces { connection.receive(piece) }
        connection.receiveEnd()
        (events, outgoing, fault) = (connection.takeEvents(), connection.takeOutgoing(), connection.fault)
    }
}
