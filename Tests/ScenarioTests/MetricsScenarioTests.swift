import Foundation
import Simulator
import Testing
import Transport
import Wire

@Suite("Metrics and logs of the real program", .enabled(if: BridgeProcess.binary != nil))
struct MetricsScenarioTests {
    private static func get(_ path: String, port: Int, method: String = "GET") async throws -> HTTPResponse {
        let loop = try EventLoop(name: "reader")
        defer { loop.stop() }
        let session = try await HTTPClient(on: loop, tls: noTLS)
        return try await session.response(
            to: HTTPRequest(method: method, url: "http://127.0.0.1:\(port)\(path)"), deadline: .seconds(10))
    }

    @Sendable private static func noTLS() throws(TransportFailure) -> TLSContext {
        throw .tlsSetUp("not used here")
    }

    /// A port that nobody listens on at this moment.
    private static func freePort() async throws -> Int { try await NetworkCable(to: 9).port }

    @Test("/metrics counts, /healthz judges, and nothing is served without being asked for")
    func metrics() async throws {
        let stage = try await Stage()
        let clawdtalk = try HomeCommands(stage)
        let port = try await Self.freePort()
        let bridge = try stage.run()
        #expect(await stage.login())
        // Taken over while it runs.
        try clawdtalk.configure { $0["metrics_listen"] = "127.0.0.1:\(port)" }
        bridge.signal(SIGHUP)
        #expect(await bridge.log.first(within: .seconds(20)) { $0.contains("serving metrics") } != nil)
        await stage.ask("r1")
        #expect(await stage.result("r1") != nil)
        #expect(await clawdtalk.report { $0.gateway_live == true && $0.connected } != nil)
        let response = try await Self.get("/metrics?x=1", port: port)
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(
            response.status == 200 && response.head.fields["Content-Type"]?.contains("version=0.0.4") == true)
        #expect(
            text.contains("\nclawdtalk_questions_answered_total 1\n")
                && text.contains("\nclawdtalk_connected 1\n"))
        #expect(try await Self.get("/metrics", port: port, method: "HEAD").body.isEmpty)
        #expect(try await Self.get("/healthz", port: port).status == 200)
        #expect(try await Self.get("/else", port: port).status == 404)
        #expect(try await Self.get("/metrics", port: port, method: "POST").status == 405)
        await stage.gateway.shut()
        await stage.ask("r2")
        #expect(await clawdtalk.report { $0.gateway_live == false } != nil)
        let health = try await Self.get("/healthz", port: port)
        #expect(health.status == 503 && String(decoding: health.body, as: UTF8.self).contains("not live"))
        bridge.signal(SIGTERM)
        #expect(await bridge.exit(within: .seconds(10)) == 0)
    }

    @Test("an address that is taken costs the metrics only")
    func taken() async throws {
        let stage = try await Stage()
        let clawdtalk = try HomeCommands(stage)
        try clawdtalk.configure { $0["metrics_listen"] = "127.0.0.1:\(stage.gateway.port)" }
        let bridge = try stage.run()
        #expect(await stage.login())
        #expect(bridge.log.entries.contains { $0.contains("metrics are not served") })
        try clawdtalk.configure { $0["metrics_listen"] = "everywhere" }
        #expect(try await clawdtalk("run").status == 78)
    }

    @Test("LOG_FORMAT=json: each line is an object with call and request, and no contents")
    func jsonLog() async throws {
        let stage = try await Stage()
        let bridge = try stage.run(environment: ["LOG_FORMAT": "json"])
        #expect(await stage.login())
        await stage.ask("r1", "What is my secret plan?")
        #expect(await stage.result("r1") != nil)
        bridge.signal(SIGTERM)
        #expect(await bridge.exit(within: .seconds(10)) == 0)
        let lines = try bridge.log.entries.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
        }
        #expect(lines.allSatisfy { $0["time"] != nil && $0["level"] != nil && $0["message"] != nil })
        #expect(
            lines.contains {
                $0["message"] == "question answered" && $0["call"] == "c1" && $0["request"] == "r1"
            })
        #expect(!bridge.log.entries.contains { $0.contains("secret plan") || $0.contains("forty-two") })
    }
}
