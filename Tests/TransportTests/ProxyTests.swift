import Foundation
import Testing
import Wire

@testable import Transport

@Suite("The environment's proxy")
struct ProxyTests {
    private func proxy(_ environment: [String: String], _ url: String) throws -> Proxy? {
        try Proxy.named(in: environment, for: RequestTarget(url).endpoint)
    }

    @Test(
        "is for secure endpoints that are not excluded",
        arguments: [
            ("wss://clawdtalk.com/ws", "", true), ("https://clawdtalk.com", "", true),
            ("ws://clawdtalk.com/ws", "", false), ("wss://localhost/ws", "", false),
            ("wss://127.0.0.1/ws", "", false), ("wss://127.8.9.1/ws", "", false),
            ("wss://[::1]/ws", "", false),
            ("wss://clawdtalk.com/ws", "*", false),
            ("wss://clawdtalk.com/ws", "example.com, clawdtalk.com", false),
            ("wss://api.clawdtalk.com/ws", "clawdtalk.com", false),
            ("wss://api.clawdtalk.com/ws", ".clawdtalk.com", false),
            ("wss://api.clawdtalk.com/ws", "*.clawdtalk.com", false),
            ("wss://notclawdtalk.com/ws", "clawdtalk.com", true),
            ("wss://clawdtalk.com/ws", "clawdtalk.com:443", false),
            ("wss://clawdtalk.com/ws", "clawdtalk.com:8443", true),
            ("wss://[2001:db8::1]/ws", "2001:db8::1", false),
            ("wss://[2001:db8::1]/ws", "[2001:db8::1]:443", false),
        ])
    func choice(url: String, excluded: String, isUsed: Bool) throws {
        let environment = ["HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": excluded]
        #expect(try (proxy(environment, url) != nil) == isUsed)
    }

    @Test("is named by either variable, with or without scheme, port and credentials")
    func values() throws {
        let url = "wss://clawdtalk.com/ws"
        #expect(try proxy([:], url) == nil && proxy(["HTTPS_PROXY": ""], url) == nil)
        let plain = try #require(try proxy(["https_proxy": "proxy.example:3128"], url))
        #expect(plain.host == "proxy.example" && plain.port == 3128 && plain.authorization == nil)
        let full = try #require(try proxy(["HTTPS_PROXY": "http://ana:p%40ss@[::1]"], url))
        #expect(full.host == "::1" && full.port == 80)
        #expect(full.authorization == "Basic " + Data("ana:p@ss".utf8).base64EncodedString())
    }

    @Test("a value that names no http proxy is an error that shows no password")
    func badValues() {
        for (value, shown) in [
            ("socks5://x:1", "socks5://x:1"), ("https://u:secret@x", "its value"), ("http://", "http://"),
        ] {
            #expect(throws: TransportFailure.badProxy(shown)) {
                try proxy(["HTTPS_PROXY": value], "wss://a.example")
            }
        }
    }
}

@Suite("Tunnels through a proxy written in Python", .enabled(if: ServerProcess.python != nil))
struct ProxyTunnelTests {
    private let loop = EventLoop.forTests

    /// Connects to a name that only the proxy knows.
    private func connect(_ proxy: Proxy) async throws -> WebSocketClient {
        let pair = try Certificates().make("tunnel", names: "DNS:service.test")
        let server = try ServerProcess.script("websocket_server.py", [pair.certificate, pair.key])
        let pem = pair.pem
        let client = try await WebSocketClient.connect(
            to: "wss://service.test:\(server.port)/echo", on: loop,
            tls: { () throws(TransportFailure) in try TLSContext(trusting: .certificates(pem: pem)) },
            route: { _ in proxy })
        try await client.send("through")
        var messages = client.messages.makeAsyncIterator()
        #expect(try await messages.next() == .text(Array("through".utf8)))
        await client.close()
        return withExtendedLifetime(server) { client }
    }

    @Test("TLS goes through, with and without credentials")
    func tunnels() async throws {
        for credentials in [[], ["ana:secret"]] {
            let server = try ServerProcess.script("connect_proxy.py", credentials)
            let user = credentials.first.map { $0 + "@" } ?? ""
            let proxy = try #require(Proxy("http://\(user)127.0.0.1:\(server.port)"))
            _ = try await connect(proxy)
            withExtendedLifetime(server) {}
        }
    }

    @Test("a proxy that refuses is said")
    func refuses() async throws {
        let server = try ServerProcess.script("connect_proxy.py", ["ana:secret"])
        let proxy = try #require(Proxy("http://127.0.0.1:\(server.port)"))
        await #expect(throws: WebSocketEnding(cause: .proxyRefused(status: 407))) { try await connect(proxy) }
        withExtendedLifetime(server) {}
    }

    @Test("a proxy that hangs up is said")
    func hangsUp() async throws {
        let server = try await SilentServer(on: loop, greeting: Array("HTTP/1.1 200 OK\r\n".utf8))
        let proxy = try #require(Proxy("http://127.0.0.1:\(server.port)"))
        var settings = WebSocketSettings()
        settings.handshakeDeadline = .milliseconds(300)
        await #expect(throws: WebSocketEnding(cause: .timedOut(.webSocketHandshake))) {
            try await WebSocketClient.connect(
                to: "wss://service.test/", on: loop, settings: settings, route: { _ in proxy })
        }
    }
}
