@testable import Wire

/// A ``WebSocketMachine`` that is fed whole pieces and keeps what happened, with bytes of its own. The fuzzers use it too
/// (scripts/fuzz.sh).
final class RecordedMachine {
    enum Event: Equatable, Sendable {
        case opened
        case message(WebSocketMessage)
        case ping
        case pong([UInt8])
        case closed(code: CloseCode?, reason: String)
        case failed(WebSocketFault)
    }

    private var machine: WebSocketMachine
    private var events: [Event] = []

    init(
        role: WebSocketMachine.Role, limits: WebSocketLimits = WebSocketLimits(),
        makeMaskingKey: (@Sendable () -> MaskingKey)? = nil
    ) {
        if let makeMaskingKey {
            machine = WebSocketMachine(role: role, limits: limits, makeMaskingKey: makeMaskingKey)
        } else {
            machine = WebSocketMachine(role: role, limits: limits)
        }
    }

    var isOpen: Bool { machine.isOpen }
    var isFinished: Bool { machine.isFinished }
    var isBlocked: Bool { machine.isBlocked }
    var fault: WebSocketFault? { machine.fault }
    var subprotocol: String? { machine.subprotocol }
    var outgoingBytes: Int { machine.outgoingBytes }

    var isCongested: Bool {
        get { machine.isCongested }
        set { machine.isCongested = newValue }
    }

    // MARK: What the peer did

    func receive(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var input = bytes
            while let event = machine.next(&input) { record(event) }
            precondition(input.isEmpty)
        }
    }

    func receiveEnd() {
        if let event = machine.receiveEnd() { record(event) }
    }

    func takeEvents() -> [Event] {
        defer { events = [] }
        return events
    }

    private func record(_ event: consuming WebSocketMachine.Event) {
        let recorded: Event =
            switch event {
            case .opened: .opened
            case .message(let isText, let payload):
                .message(isText ? .text(payload.array) : .binary(payload.array))
            case .ping: .ping
            case .pong(let payload): .pong(payload)
            case .closed(let code, let reason): .closed(code: code, reason: reason)
            case .failed(let fault): .failed(fault)
            }
        events.append(recorded)
    }

    // MARK: A slow reader

    func holdData() { machine.holdData() }

    func takeHeldData() -> [UInt8] { machine.takeHeldData() }

    func releaseData() { receive(machine.takeHeldData()) }

    // MARK: What we send

    func send(_ message: WebSocketMessage) throws { try machine.send(message) }

    func sendPing(_ payload: [UInt8] = []) throws { try machine.sendPing(payload) }

    func sendClose(_ code: CloseCode, reason: String = "") throws {
        try machine.sendClose(code, reason: reason)
    }

    func takeOutgoing() -> [UInt8] { machine.takeOutgoing() }

    func reuse(_ written: consuming [UInt8]) { machine.reuse(written) }
}
