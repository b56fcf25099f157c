import Ports
import TestSupport
import Testing

@testable import Bridge

@Suite("A refused login: a key that was good is tried again, trouble of the service is not a refused key")
struct KeyRefusalTests {
    private let fixture = BridgeFixture()
    private var service: ScriptedService { fixture.service }

    private func refuse(_ message: String = "Invalid API key") {
        service.current.signal(.opened)
        service.current.receive(#"{"type":"auth_error","message":"\#(message)"}"#)
    }

    /// Until the next try, after which the login is refused once more.
    private func waitAndRefuse() -> Duration {
        let (start, count) = (fixture.time.now, service.connections.count)
        while service.connections.count == count, fixture.time.now - start < .seconds(700) {
            fixture.time.advance(seconds: 1)
        }
        refuse()
        return fixture.time.now - start
    }

    @Test(
        "a key that was accepted is tried again after 60 s at most, then ever more slowly, and 77 comes after 10 min"
    )
    func acceptedBefore() {
        fixture.connect()
        service.current.end()
        fixture.time.advance(seconds: 2)
        refuse()
        #expect(
            [60, 120, 240, 180].map { _ in waitAndRefuse() } == [60, 120, 240, 180].map { .seconds($0) })
        #expect(fixture.exits == [.keyRefused(message: "Invalid API key")])
        fixture.time.advance(seconds: 3_600)
        #expect(service.connections.count == 6)
    }

    @Test("a refusal that is over leaves nothing behind")
    func acceptedAgain() {
        fixture.connect()
        for _ in 0..<3 {
            service.current.end()
            fixture.time.advance(seconds: 9)
            refuse()
            #expect(waitAndRefuse() == .seconds(60))
            fixture.time.advance(seconds: 121)
            service.current.logIn()
            #expect(fixture.bridge.status.line == .ready)
            fixture.time.advance(seconds: 400)
        }
        #expect(fixture.exits.isEmpty)
    }

    @Test("another key is tried at once, and is refused for good when it was never accepted")
    func otherKey() {
        fixture.connect()
        service.current.end()
        fixture.time.advance(seconds: 2)
        refuse()
        let count = service.connections.count
        fixture.bridge.apply(
            BridgeSettings(apiKey: "cc_other"),
            messages: MessageSettings(), recorder: nil)
        #expect(service.connections.count == count + 1 && fixture.exits.isEmpty)
        refuse()
        #expect(fixture.exits == [.keyRefused(message: "Invalid API key")])
    }

    @Test(
        "trouble of the service is not a refused key, though it was never accepted",
        arguments: [
            "Internal server error", "Rate limited", "rate limit exceeded", "Too many requests",
            "Service Unavailable", "temporarily unavailable", "Authentication timed out", "Timeout",
            "database timeout",
            "Error 503", "Bad gateway",
        ])
    func trouble(message: String) {
        fixture.bridge.start()
        for _ in 0..<30 {
            refuse(message)
            fixture.time.advance(seconds: 61)
        }
        #expect(fixture.exits.isEmpty && service.connections.count == 31)
        service.current.logIn()
        #expect(fixture.bridge.status.line == .ready)
    }

    @Test(
        "other words are a refused key",
        arguments: ["Invalid API key", "API key revoked", "Unauthorized", "", "No account 5001"])
    func refusedKey(message: String) {
        fixture.bridge.start()
        refuse(message)
        #expect(fixture.exits == [.keyRefused(message: message)])
    }

    @Test(
        "the waits have jitter, and the last try is not before the ten minutes are over",
        arguments: [
            (0.0, [30, 60, 120, 150, 150, 90]), (0.5, [45, 90, 180, 225, 60]), (1.0, [60, 120, 240, 180]),
        ])
    func pace(random: Double, waits: [Int]) {
        var refusals = KeyRefusals()
        refusals.accepted("k")
        var now = Duration.seconds(1_000)
        for wait in waits {
            #expect(refusals.refused("k", now: now, random: random) == .tryAgain(after: .seconds(wait)))
            now += .seconds(wait)
        }
        #expect(now == .seconds(1_600) && refusals.refused("k", now: now, random: random) == .giveUp)
        #expect(refusals.refused("other", now: now, random: random) == .giveUp)
    }

    @Test("an outage in between is no refusal: the ten minutes begin again")
    func interrupted() {
        fixture.connect()
        service.current.end()
        fixture.time.advance(seconds: 2)
        refuse()
        #expect(waitAndRefuse() == .seconds(60))
        fixture.time.advance(seconds: 121)
        service.current.end()
        fixture.time.advance(seconds: 9)
        refuse()
        #expect(waitAndRefuse() == .seconds(60))
        #expect(fixture.exits.isEmpty)
    }

    @Test("the service's words are logged in one line, cut, and without the key")
    func words() {
        fixture.bridge.start()
        let long = String(repeating: "x", count: 300)
        refuse(#"No such key: cc_test\r\n\u001b[31mred \#(long)"#)
        let line = fixture.log.text.split(separator: "\n").first { $0.contains("No such key") } ?? ""
        #expect(line.contains(#"\r\n\u{1B}[31mred"#) && !line.contains("cc_test"))
        #expect(!line.contains(String(repeating: "x", count: 190)))
        #expect(fixture.log.count(of: "refused the login") == 1)
    }
}
