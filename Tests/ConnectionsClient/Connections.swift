import Foundation
import Transport
import Wire

/// Many WebSockets of one process on one loop, all of which are kept open and watched. Loop only. Except for making the
/// loop, this file holds everything that the client uses of the transport.
final class Connections {
    private let loop: EventLoop
    private let url: String
    private let atOnce: Int
    private let context: TLSContext?
    private var channels: [WebSocketChannel] = []
    private var dialsLeft = 0
    private var loginsLeft = 0
    private var completion: CheckedContinuation<Void, any Error>?

    /// - Parameters:
    ///   - url: ws, or wss with a certificate that `SSL_CERT_FILE` names.
    ///   - atOnce: how many may be on their way at any time.
    init(to url: String, atOnce: Int, on loop: EventLoop) throws {
        (self.url, self.atOnce, self.loop) = (url, atOnce, loop)
        context = url.hasPrefix("wss:") ? try TLSContext(trusting: .system) : nil
    }

    private static let settings = {
        var settings = WebSocketSettings()
        // Idle connections are quiet while the active one is measured.
        settings.pingInterval = .seconds(3600)
        settings.handshakeDeadline = .seconds(60)
        return settings
    }()

    /// Opens that many more, and waits until the login of each has come back.
    /// - Throws: how the first one that failed ended.
    func open(_ count: Int) async throws {
        guard count > 0 else { return }
        try await withCheckedThrowingContinuation { continuation in
            completion = continuation
            (dialsLeft, loginsLeft) = (count, count)
            for _ in 0..<min(atOnce, count) { dial() }
        }
    }

    private func dial() {
        guard dialsLeft > 0 else { return }
        dialsLeft -= 1
        WebSocketDial(
            url, on: loop, settings: Self.settings,
            tls: { [context] () throws(TransportFailure) in
                guard let context else { throw .tlsSetUp("not used here") }
                return context
            }
        ) { [self] result in
            do {
                try logIn(over: result.get())
            } catch {
                fail(error)
            }
        }
    }

    private func logIn(over channel: WebSocketChannel) throws {
        let login = Array(Self.login(number: channels.count).utf8)
        channels.append(channel)
        channel.onMessage = { [unowned self, count = login.count] _, message in
            guard message.count == count, loginsLeft > 0 else { return fail(ConnectionsFault.wrongEcho) }
            loggedIn()
        }
        channel.onEnd = { [unowned self] in fail($0) }
        try channel.send(.text(login))
    }

    private func loggedIn() {
        loginsLeft -= 1
        dial()
        if loginsLeft == 0 { finish() }
    }

    /// Sends a small text over the first connection and waits for its echo, again and again.
    /// - Returns: how long each took.
    func roundTrips(_ count: Int) async throws -> [Duration] {
        let trips = RoundTrips(count)
        try await withCheckedThrowingContinuation { continuation in
            completion = continuation
            channels[0].onMessage = { [unowned self, unowned channel = channels[0]] _, message in
                guard message.count == Self.text.count else { return fail(ConnectionsFault.wrongEcho) }
                if trips.ended() { return finish() }
                begin(trips, over: channel)
            }
            begin(trips, over: channels[0])
        }
        return trips.durations
    }

    private func begin(_ trips: RoundTrips, over channel: WebSocketChannel) {
        trips.began()
        do { try channel.send(.text(Self.text)) } catch { fail(error) }
    }

    /// What was waited for has come.
    private func finish() {
        completion?.resume()
        completion = nil
    }

    /// Ends the program where nothing is waited for: figures of a connection that was lost would be wrong.
    private func fail(_ error: any Error) {
        guard let completion else { return ConnectionsClient.end(with: error) }
        completion.resume(throwing: error)
        self.completion = nil
    }

    /// Too short to be compressed.
    private static let text = Array(#"{"type":"progress","text":"still looking"}"#.utf8)

    /// About 300 bytes that are worth compressing.
    private static func login(number: Int) -> String {
        """
        {"type":"auth","api_key":"bench-key-\(number)","client":{"name":"connections","version":"1.0.0",\
        "platform":"linux"},"capabilities":["calls","messages","approvals","missions","progress","transcripts"],\
        "session":{"id":"session-\(number)","resumes":false,"locale":"en-GB","timezone":"Europe/Berlin"},\
        "limits":{"calls":8,"messages":32}}
        """
    }
}

enum ConnectionsFault: Error {
    /// Not the message that was sent, or one more.
    case wrongEcho
}
