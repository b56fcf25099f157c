/// One input of the fuzzer: the first byte chooses the role, compression and where the rest is cut; the rest is what the
/// peer sends. However it is cut and held back, it must come to the same events, answers and end.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFrames(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let dice = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    let whole = Outcome(of: [bytes], dice)
    let cut = pieces(of: bytes, size: 1 + Int(dice >> 3))
    precondition(Outcome(of: cut, dice) == whole)
    precondition(Outcome(of: cut, dice, holdsData: true) == whole)
    for case .message(.text(let text)) in whole.events {
        precondition(String(validating: text, as: UTF8.self) != nil)
    }
    return 0
}

private struct Outcome: Equatable {
    let events: [RecordedMachine.Event]
    let outgoing: [UInt8]
    let fault: WebSocketFault?

    /// - Parameter holdsData: whether data is held back before each piece and released after it.
    init(of pieces: [[UInt8]], _ dice: UInt8, holdsData: Bool = false) {
        let machine = dice & 1 == 0 ? Self.openServer(dice) : Self.openClient(dice)
        for piece in pieces {
            if holdsData { machine.holdData() }
            machine.receive(piece)
            machine.releaseData()
        }
        machine.receiveEnd()
        (events, outgoing, fault) = (machine.takeEvents(), machine.takeOutgoing(), machine.fault)
    }

    private static let limits = WebSocketLimits(maximumFrameBytes: 4096, maximumMessageBytes: 8192)

    /// What the other side says of permessage-deflate, as a header field.
    private static func compression(_ dice: UInt8) -> String {
        guard dice & 2 != 0 else { return "" }
        let takesOver = dice & 4 == 0
        return "Sec-WebSocket-Extensions: permessage-deflate"
            + (takesOver ? "" : "; server_no_context_takeover; client_no_context_takeover") + "\r\n"
    }

    private static func openServer(_ dice: UInt8) -> RecordedMachine {
        let handshake = ServerHandshake(acceptsDeflate: true) { _ in [] }
        let request = """
            GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(compression(dice))\r\n
            """
        return opened(RecordedMachine(role: .server(handshake), limits: limits), by: request)
    }

    private static func openClient(_ dice: UInt8) -> RecordedMachine {
        let handshake = ClientHandshake(
            host: "h", target: "/", nonce: [], offersDeflate: true, sha1: { _ in [] })
        let machine = RecordedMachine(role: .client(handshake), limits: limits) {
            MaskingKey(word: 0x0102_0304)
        }
        let answer = """
            HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept:\r\n\
            \(compression(dice))\r\n
            """
        return opened(machine, by: answer)
    }

    private static func opened(_ machine: RecordedMachine, by head: String) -> RecordedMachine {
        machine.receive(Array(head.utf8))
        precondition(machine.isOpen)
        _ = (machine.takeOutgoing(), machine.takeEvents())
        return machine
    }
}
