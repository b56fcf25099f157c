import Foundation
import Transport
import Wire

/// The part of a ``SimulatedService`` that lives on the loop.
final class ServiceFloor {
    private let loop: EventLoop
    private let tls: TLSContext?
    private let options: SimulatedService.Options
    private var apiKey: String? { options.apiKey }
    private let journal: EventJournal<ServiceEntry>
    let reservation = PortReservation()
    private var listener: Listener?
    private var channels: [Int: WebSocketChannel] = [:]
    /// Of the channels, for what no channel would send.
    private var streams: [Int: StreamChannel] = [:]
    /// The status that answers handshakes; nil lets clients in.
    var handshakeRefusal: Int?
    private var lastNumber = 0
    private var current: Int?
    private let messages: SimulatedMessages
    private lazy var rest = HTTPServer(on: loop) { [weak self] head, body, answer in
        answer(self?.answer(head, body) ?? .page(404))
    }
    private lazy var approvals = SimulatedApprovals(options.approvals, on: loop) { [weak self] in
        self?.sendEvent($0, $1)
    }

    init(
        loop: EventLoop, tls: TLSContext?, options: SimulatedService.Options,
        journal: EventJournal<ServiceEntry>
    ) {
        (self.loop, self.tls, self.options, self.journal) = (loop, tls, options, journal)
        messages = SimulatedMessages(options: options, journal: journal)
    }

    func listen(port: Int) throws -> Int {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: port) else { return 0 }
        let listener = try Listener(address, on: loop, tls: tls) { [weak self] in self?.accept($0) }
        self.listener = listener
        return listener.port
    }

    func send(_ message: WebSocketMessage) {
        guard let current, let channel = channels[current] else { return }
        try? channel.send(message)
    }

    func sendEvent(_ event: String, _ members: [String: String]) {
        let object = members.merging(["type": "event", "event": event]) { $1 }
        let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
        send(.text(Array(data)))
    }

    var isListening: Bool { listener != nil }

    var hasClient: Bool { current.map { channels[$0] != nil } ?? false }

    func sendRaw(_ bytes: [UInt8]) {
        if let current { streams[current]?.write(bytes) }
    }

    func cutLine() {
        for channel in channels.values { channel.cut() }
        (channels, streams) = ([:], [:])
    }

    func close(code: UInt16) {
        for channel in channels.values { channel.close(CloseCode(rawValue: code)) }
    }

    func shut() {
        listener?.close()
        listener = nil
        rest.close()
        cutLine()
    }

    /// The socket and REST are on one port: the first bytes tell which one it is.
    private func accept(_ stream: StreamChannel) {
        // The stream lives as long as its own handler.
        stream.onBytes = { [weak self] bytes in
            guard let self else { return }
            bytes.starts(with: "GET /ws".utf8) ? acceptSocket(stream) : rest.accept(stream)
            stream.onBytes?(bytes)
        }
    }

    private func answer(_ head: HTTPRequestHead, _ body: [UInt8]) -> HTTPServer.Reply {
        journal.append(
            .request(method: head.method, target: head.target, body: String(decoding: body, as: UTF8.self)))
        let isKnown = head.fields["Authorization"].map {
            $0.hasPrefix("Bearer ") && (apiKey == nil || $0 == "Bearer \(apiKey ?? "")")
        }
        guard isKnown == true else {
            return .json(
                401, ["error": ["code": "unauthorized", "message": "Invalid API key"]], ["Date": date])
        }
        if let reply = messages.answer(head, body) { return reply }
        if head.method == "POST", head.target == "/v1/calls" {
            return .json(202, ["call_id": "out1", "status": "initiating"], ["Date": date])
        }
        if head.target == "/v1/me", let number = options.ownerNumber {
            return .json(200, ["user_id": "u1", "phone": number, "phone_verified": true], ["Date": date])
        }
        guard head.target.hasPrefix("/v1/approvals") else { return .page(404) }
        return approvals.answer(head.method, head.target.dropFirst("/v1/approvals".count)).dated(date)
    }

    /// As HTTP writes it (RFC 9110 §5.6.7).
    private var date: String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.string(from: Date.now.addingTimeInterval(options.clockOffset))
    }

    private func acceptSocket(_ stream: StreamChannel) {
        if let handshakeRefusal { return refuse(stream, with: handshakeRefusal) }
        lastNumber += 1
        let number = lastNumber
        let handshake = ServerHandshake(acceptsDeflate: options.acceptsDeflate, sha1: Digest.sha1)
        let channel = WebSocketChannel(over: stream, role: .server(handshake))
        (channels[number], streams[number]) = (channel, stream)
        channel.onMessage = { [weak self] _, payload in self?.received(payload.array, on: number) }
        channel.onEvent = { [weak self] event in
            if case .opened = event { self?.journal.append(.connected(number: number)) }
        }
        channel.onEnd = { [weak self] ending in
            self?.channels[number] = nil
            self?.streams[number] = nil
            self?.journal.append(.ended(number: number, closeCode: ending.code?.rawValue))
        }
    }

    private func refuse(_ stream: StreamChannel, with status: Int) {
        let fields = HTTPFields([("Retry-After", "1"), ("Content-Length", "0"), ("Connection", "close")])
        stream.onBytes = nil
        stream.write(HTTPResponseHead(status: status, reason: "Not Now", fields: fields).serialized())
        stream.finish()
    }

    private func received(_ bytes: [UInt8], on number: Int) {
        guard let frame = try? JSONDecoder().decode(ClientFrame.self, from: Data(bytes)) else {
            return
        }
        journal.append(.message(frame, connection: number))
        guard frame.type == "auth" else { return }
        guard apiKey == nil || frame.api_key == apiKey else {
            try? channels[number]?.send(
                .text(Array(#"{"type":"auth_error","message":"Invalid API key"}"#.utf8)))
            return
        }
        current = number
        try? channels[number]?.send(.text(Array(#"{"type":"auth_ok","user_id":"u1"}"#.utf8)))
        journal.append(.authenticated(number: number))
    }
}
