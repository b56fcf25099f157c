import Foundation
package import Transport
import Wire

/// A stand-in for the ClawdTalk service: a real WebSocket server, with TLS by a certificate made on the spot,
/// that logs clients in and does to them what a test or the demo asks for.
package final class SimulatedService: Sendable {
    package struct Options: Sendable {
        package var isSecure = true
        /// The only key that is let in; nil takes any.
        package var apiKey: String?
        /// Names in the certificate.
        package var certificateNames = ["localhost", "127.0.0.1"]
        package var certificateDays = 2
        /// Seconds that its clock is ahead.
        package var clockOffset = 0.0
        /// What goes wrong with the nth request to send a text message, from 1.
        package var sendFault: @Sendable (_ number: Int) -> SendFault? = { _ in nil }
        package var approvals = ApprovalManner.noDevice
        /// Whether permessage-deflate is taken when a client offers it.
        package var acceptsDeflate = false
        /// The number of the account's owner; nil where accounts cannot be asked for.
        package var ownerNumber: String?

        package init() {}
    }

    private let loop: EventLoop
    private let floor: LoopBound<ServiceFloor>
    /// Everything that clients did.
    package let journal: EventJournal<ServiceEntry>
    package let port: Int
    private let isSecure: Bool
    /// For a client's trust.
    package let certificatePEM: String

    private init(
        loop: EventLoop, floor: LoopBound<ServiceFloor>, journal: EventJournal<ServiceEntry>, port: Int,
        isSecure: Bool, certificatePEM: String
    ) {
        (self.loop, self.floor, self.journal, self.port) = (loop, floor, journal, port)
        (self.isSecure, self.certificatePEM) = (isSecure, certificatePEM)
    }

    /// What is still connected is let go: a descriptor without an owner would keep its loop awake for ever.
    deinit {
        let floor = floor
        loop.execute { floor.value.shut() }
    }

    package static func start(on loop: EventLoop, options: Options = Options()) async throws
        -> SimulatedService
    {
        let identity = try SelfSignedIdentity(
            names: options.certificateNames, validDays: options.certificateDays)
        let tls = options.isSecure ? try TLSContext(identity: identity) : nil
        let journal = EventJournal<ServiceEntry>()
        let (floor, port) = try await loop.run {
            let floor = ServiceFloor(loop: loop, tls: tls, options: options, journal: journal)
            let port = try floor.listen(port: floor.reservation.port)
            return (LoopBound(floor, on: loop), port)
        }
        return SimulatedService(
            loop: loop, floor: floor, journal: journal, port: port, isSecure: options.isSecure,
            certificatePEM: identity.certificatePEM)
    }

    /// For `server` in skill-config.json.
    package var url: String { (isSecure ? "https" : "http") + "://127.0.0.1:\(port)" }

    /// Sends one text frame to the client that logged in last.
    package func send(_ json: String) async {
        await perform { $0.send(.text(Array(json.utf8))) }
    }

    package func sendBinary(_ bytes: [UInt8]) async { await perform { $0.send(.binary(bytes)) } }

    /// Sends bytes as they are, framed or not.
    package func sendRaw(_ bytes: [UInt8]) async { await perform { $0.sendRaw(bytes) } }

    /// Whether the client that logged in last is still there.
    package var hasClient: Bool {
        get async {
            let floor = floor
            return (try? await loop.run { floor.value.hasClient }) ?? false
        }
    }

    /// Sends an event with the given members.
    package func sendEvent(_ event: String, _ members: [String: String]) async {
        await perform { $0.sendEvent(event, members) }
    }

    /// Sends several events at once.
    package func sendEvents(_ events: [(event: String, members: [String: String])]) async {
        await perform { floor in events.forEach { floor.sendEvent($0.event, $0.members) } }
    }

    /// Ends every connection without a close frame, as a dead network would look in the end.
    package func cutLine() async { await perform { $0.cutLine() } }

    package func close(code: UInt16) async { await perform { $0.close(code: code) } }

    /// Refuses connections until ``reopen()``.
    package func shut() async { await perform { $0.shut() } }

    package func reopen() async throws {
        let (floor, port) = (floor, port)
        _ = try await loop.run { if !floor.value.isListening { _ = try floor.value.listen(port: port) } }
    }

    /// Answers handshakes with this status and a Retry-After of a second; nil lets clients in again.
    package func refuseHandshakes(with status: Int?) async { await perform { $0.handshakeRefusal = status } }

    private func perform(_ action: @escaping @Sendable (ServiceFloor) -> Void) async {
        let floor = floor
        try? await loop.run { action(floor.value) }
    }
}
