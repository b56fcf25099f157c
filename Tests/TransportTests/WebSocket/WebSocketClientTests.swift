import Foundation
import Testing
import Wire

@testable import Transport

@Suite(
    "The client against the websockets package, plain and over TLS", .enabled(if: ServerProcess.python != nil)
)
struct WebSocketClientTests {
    private static let certificate = Result { try Certificates().make("good") }
    private static let plain = Result { try ServerProcess.script("websocket_server.py") }
    private static let secure = Result {
        let pair = try certificate.get()
        return try ServerProcess.script("websocket_server.py", [pair.certificate, pair.key])
    }

    private func connect(
        _ path: String, isSecure: Bool, settings: WebSocketSettings = WebSocketSettings(),
        bufferBytes: Int = WebSocketClient.defaultBufferBytes
    ) async throws -> WebSocketClient {
        let server = try (isSecure ? Self.secure : Self.plain).get()
        let pem = isSecure ? try Self.certificate.get().pem : ""
        return try await WebSocketClient.connect(
            to: "\(isSecure ? "wss" : "ws")://localhost:\(server.port)\(path)", on: EventLoop.forTests,
            settings: settings,
            bufferBytes: bufferBytes
        ) { () throws(TransportFailure) in try TLSContext(trusting: .certificates(pem: pem)) }
    }

    @Test("text and binary of every size come back as they went", arguments: [true, false])
    func echo(isSecure: Bool) async throws {
        let client = try await connect("/echo", isSecure: isSecure)
        var messages = client.messages.makeAsyncIterator()
        for size in [0, 1, 125, 126, 65_535, 65_536, 1 << 20] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let text = Array(String(repeating: "é", count: size / 2).utf8)
            try await client.send(.binary(bytes))
            try await client.send(.text(text))
            #expect(try await messages.next() == .binary(bytes))
            #expect(try await messages.next() == .text(text))
        }
        await client.close()
        #expect(try await messages.next() == nil)
    }

    @Test(
        "what is sent all at once to a server that answers while it reads comes back: neither waits for the other for ever",
        .timeLimit(.minutes(1)), arguments: [true, false])
    func backPressure(isSecure: Bool) async throws {
        var settings = WebSocketSettings()
        settings.offersDeflate = false
        let client = try await connect("/echo", isSecure: isSecure, settings: settings)
        let message = WebSocketMessage.binary([UInt8](repeating: 5, count: 256 << 10))
        for _ in 0..<64 { try await client.send(message) }
        var messages = client.messages.makeAsyncIterator()
        for _ in 0..<64 { #expect(try await messages.next() == message) }
        await client.close()
        #expect(try await messages.next() == nil)
    }

    @Test("the package takes compression when it is offered")
    func compression() async throws {
        for (isOffered, expected) in [(true, "permessage-deflate"), (false, "none")] {
            var settings = WebSocketSettings()
            settings.offersDeflate = isOffered
            let client = try await connect("/extensions", isSecure: false, settings: settings)
            var messages = client.messages.makeAsyncIterator()
            #expect(try await messages.next() == .text(Array(expected.utf8)))
            await client.close()
        }
    }

    @Test("a handshake is redirected on the same host and port, three times at most")
    func redirects() async throws {
        let client = try await connect("/redirect?/redirect?/redirect?/echo", isSecure: false)
        try await client.send("here")
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == .text(Array("here".utf8)))
        await client.close()
        await #expect(throws: WebSocketEnding(cause: .tooManyRedirects)) {
            try await connect("/redirect?/redirect?/redirect?/redirect?/echo", isSecure: false)
        }
    }

    @Test("a handshake is not redirected to another host or port, nor to a weaker scheme")
    func refusedRedirects() async throws {
        let (plain, secure) = (try Self.plain.get().port, try Self.secure.get().port)
        for (location, isSecure) in [
            ("ws://127.0.0.1:\(plain)/echo", false), ("wss://localhost:\(secure)/echo", false),
            ("ws://localhost:\(secure)/echo", true),
        ] {
            await #expect(
                throws: WebSocketEnding(cause: .webSocket(.redirected(status: 302, location: location)))
            ) { try await connect("/redirect?\(location)", isSecure: isSecure) }
        }
    }

    @Test("fragments are joined", arguments: [true, false])
    func fragments(isSecure: Bool) async throws {
        let client = try await connect("/fragments", isSecure: isSecure)
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == .text(Array("Hello wörld".utf8)))
        #expect(try await messages.next() == .binary([0, 1, 2]))
        await client.close()
    }

    @Test("a big message, and many through a small buffer, in order", arguments: [true, false])
    func big(isSecure: Bool) async throws {
        let client = try await connect("/big", isSecure: isSecure)
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next()?.bytes.count == 5 << 20)
        await client.close()
        let other = try await connect("/many", isSecure: isSecure, bufferBytes: 100_000)
        var number = 0
        for try await message in other.messages {
            #expect(message.bytes.starts(with: Array("\(number):y".utf8)))
            number += 1
            if number == 300 { await other.close() }
        }
        #expect(number == 300)
    }

    @Test("pings are answered", arguments: [true, false])
    func ping(isSecure: Bool) async throws {
        let client = try await connect("/ping", isSecure: isSecure)
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == .text(Array("pong received".utf8)))
        await client.close()
    }

    @Test("pings are answered while messages wait for a slow reader")
    func pingWhileFull() async throws {
        let client = try await connect("/ping", isSecure: false, bufferBytes: 0)
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == .text(Array("pong received".utf8)))
        await client.close()
    }

    @Test("a message over the limit closes with 1009")
    func tooBig() async throws {
        var settings = WebSocketSettings()
        settings.limits.maximumMessageBytes = 1 << 20
        let client = try await connect("/big", isSecure: false, settings: settings)
        var messages = client.messages.makeAsyncIterator()
        await #expect(
            throws: WebSocketEnding(cause: .webSocket(.tooLarge(what: "a message", limitBytes: 1 << 20)))
        ) {
            try await messages.next()
        }
    }

    @Test("the server's close code ends the sequence", arguments: [1000, 1001, 4000])
    func close(code: Int) async throws {
        let client = try await connect("/close/\(code)", isSecure: true)
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == nil)
        await #expect(throws: TransportFailure.ended(.write)) { try await client.send("late") }
    }

    @Test("a connection that drops is an error, not an end")
    func drop() async throws {
        let client = try await connect("/drop", isSecure: false)
        var messages = client.messages.makeAsyncIterator()
        await #expect(throws: WebSocketEnding.self) { try await messages.next() }
    }

    @Test("a cancelled reader is freed")
    func cancelledReader() async throws {
        let client = try await connect("/echo", isSecure: false)
        let reader = Task {
            var messages = client.messages.makeAsyncIterator()
            return try await messages.next()
        }
        reader.cancel()
        await #expect(throws: CancellationError.self) { try await reader.value }
        await client.close()
    }
}
