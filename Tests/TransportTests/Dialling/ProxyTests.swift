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
            ("wss://[::1]/ws", "", false), ("wss://a.localhost./ws", "", false),
            ("wss://[::ffff:127.0.0.1]/ws", "", false), ("wss://127.evil.example/ws", "", true),
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
            ("wss://[2001:db8:0::1]/ws", "2001:DB8::0:1", false),
            ("wss://clawdtalk.com./ws", "clawdtalk.com", false),
            ("wss://clawdtalk.com/ws", "clawdtalk.com.", false),
            ("wss://xn--bcher-kva.example/ws", "xn--bcher-kva.example", false),
            ("wss://10.0.0.1/ws", "0.0.1", true),
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
        #expect(plain.host.serverName == "proxy.example" && plain.port == 3128 && plain.authorization == nil)
        let full = try #require(try proxy(["HTTPS_PROXY": "http://ana:p%40ss@[::1]"], url))
        #expect(full.host.serverName == "::1" && full.port == 80)
        #expect(full.authorization == "Basic " + Data("ana:p@ss".utf8).base64EncodedString())
    }

    @Test("a value that names no http proxy is an error that shows no password")
    func badValues() {
        for (value, shown) in [
            ("socks5://x:1", "socks5://x:1"), ("https://u:secret@x", "its value"), ("http://", "http://"),
            ("http://127.1:3128", "http://127.1:3128"), ("proxy:", "proxy:"),
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
    private func connect(_ proxy: Proxy, host: String = "service.test") async throws -> WebSocketClient {
        let pair = try Certificates().make("tunnel", names: "DNS:service.test")
        let server = try ServerProcess.script("websocket_server.py", [pair.certificate, pair.key])
        let pem = pair.pem
        let client = try await WebSocketClient.connect(
            to: "wss://\(host):\(server.port)/echo", on: loop,
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

    @Test("a trailing dot is in neither the server name of TLS nor the check of the certificate")
    func trailingDot() async throws {
        let server = try ServerProcess.script("connect_proxy.py", [])
        let proxy = try #require(Proxy("http://127.0.0.1:\(server.port)"))
        _ = try await connect(proxy, host: "service.test.")
        withExtendedLifetime(server) {}
    }

    @Test("a proxy that refuses is said")
    func refuses() async throws {
        let server = try ServerProcess.script("connect_proxy.py", ["ana:secret"])
        let proxy = try #require(Proxy("http://127.0.0.1:\(server.port)"))
        await #expect(throws: WebSocketEnding(cause: .proxyRefused(status: 407))) { try await connect(proxy) }
        withExtendedLifetime(server) {}
    }
}

@Suite("What a proxy is asked, and what it answers")
struct ProxyAnswerTests {
    private let loop = EventLoop.forTests

    @Test(
        "answers that only announce the real one are passed over",
        arguments: [
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 407 No\r\n\r\n",
                407
            ),
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 101),
        ])
    func interim(greeting: String, status: Int) async throws {
        let server = try await SilentServer(on: loop, greeting: Array(greeting.utf8))
        let proxy = try #require(Proxy("http://127.0.0.1:\(server.port)"))
        await #expect(throws: WebSocketEnding(cause: .proxyRefused(status: status))) {
            try await WebSocketClient.connect(to: "wss://service.test/", on: loop, route: { _ in proxy })
        }
    }

    @Test("a proxy that only ever announces an answer is given up")
    func endlessInterim() async throws {
        let greeting = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 1000)
        let server = try await SilentServer(on: loop, greeting: Array(greeting.utf8))
        let proxy = try #require(Proxy("http://127.0.0.1:\(server.port)"))
        await #expect(throws: WebSocketEnding(cause: .http(.headTooLarge(limitBytes: 16 << 10)))) {
            try await WebSocketClient.connect(to: "wss://service.test/", on: loop, route: { _ in proxy })
        }
    }

    @Test("a proxy is asked for the name as it was written, not for its decoded letters")
    func encodedName() async throws {
        let server = try await SilentServer(on: loop, greeting: Array("HTTP/1.1 403 No\r\n\r\n".utf8))
        let proxy = try #require(Proxy("http://127.0.0.1:\(server.port)"))
        await #expect(throws: WebSocketEnding(cause: .proxyRefused(status: 403))) {
            try await WebSocketClient.connect(
                to: "wss://xn--BCHER-kva.example/", on: loop, route: { _ in proxy })
        }
        let request = String(decoding: await server.nextRequestBytes() ?? [], as: UTF8.self)
        #expect(
            request.hasPrefix(
                "CONNECT xn--bcher-kva.example:443 HTTP/1.1\r\nHost: xn--bcher-kva.example:443\r\n"))
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
