import Foundation
import TestSupport
import Testing

@testable import ClawdTalkCLI

@Suite("What the service manager hears: sd_notify(3)")
struct ServiceNotifierTests {
    private let receiver: DatagramReceiver
    private let time = ManualTime()

    init() throws { receiver = try DatagramReceiver() }

    /// A bridge of which the test says how it is.
    private final class Bridge {
        var report = StatusReport(state: "connecting", connected: false)
        init() { report.server = "wss://example.test/ws" }
    }

    private func notifier(_ bridge: Bridge, watchdog: String? = nil) throws -> ServiceNotifier {
        var environment = ["NOTIFY_SOCKET": receiver.name]
        environment["WATCHDOG_USEC"] = watchdog
        let manager = try #require(ServiceManager(environment))
        return ServiceNotifier(manager, time: time) { bridge.report }
    }

    @Test("READY comes with the login, once, and STATUS whenever it changes")
    func ready() throws {
        let bridge = Bridge()
        let notifier = try notifier(bridge)
        notifier.start()
        time.advance(.seconds(3))
        #expect(receiver.messages() == ["STATUS=connecting, not connected to wss://example.test/ws"])
        (bridge.report.connected, bridge.report.live_calls) = (true, 1)
        time.advance(.milliseconds(100))
        #expect(
            receiver.messages() == ["STATUS=connected to wss://example.test/ws, 1 live call", "READY=1"])
        bridge.report.live_calls = 2
        time.advance(.seconds(60))
        #expect(receiver.messages() == ["STATUS=connected to wss://example.test/ws, 2 live calls"])
        withExtendedLifetime(notifier) {}
    }

    @Test("without a login READY comes after 10 s, and STATUS says how it is")
    func patience() throws {
        let notifier = try notifier(Bridge())
        notifier.start()
        time.advance(.milliseconds(9900))
        #expect(!receiver.messages().contains("READY=1"))
        time.advance(.milliseconds(100))
        #expect(receiver.messages() == ["READY=1"])
        withExtendedLifetime(notifier) {}
    }

    @Test("a sign of life at half of the watchdog's time, from the first moment")
    func watchdog() throws {
        let notifier = try notifier(Bridge(), watchdog: "3000000")
        notifier.start()
        var count = receiver.messages().count { $0 == "WATCHDOG=1" }
        // A socket's queue is short.
        for _ in 0..<20 {
            time.advance(.milliseconds(1500))
            count += receiver.messages().count { $0 == "WATCHDOG=1" }
        }
        #expect(count == 21)
        withExtendedLifetime(notifier) {}
    }

    @Test("a reload is told with its time, and what came before it stays so")
    func reload() throws {
        let bridge = Bridge()
        bridge.report.connected = true
        let notifier = try notifier(bridge)
        notifier.start()
        #expect(receiver.messages().last == "READY=1")
        var isDone = false
        notifier.reload { isDone = true }
        let messages = receiver.messages()
        #expect(isDone && messages.count == 2 && messages.last == "READY=1")
        #expect(messages.first?.wholeMatch(of: /RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*/) != nil)
    }

    @Test("a reload before the login does not count as ready")
    func earlyReload() throws {
        let notifier = try notifier(Bridge())
        notifier.start()
        notifier.reload {}
        #expect(!receiver.messages().contains("READY=1"))
    }

    @Test("STOPPING comes once and is the last word")
    func stopping() throws {
        let bridge = Bridge()
        let notifier = try notifier(bridge, watchdog: "1000000")
        notifier.start()
        _ = receiver.messages()
        notifier.stopping()
        notifier.stopping()
        bridge.report.connected = true
        time.advance(.seconds(20))
        #expect(receiver.messages() == ["STOPPING=1\nSTATUS=stopping"])
    }

    @Test("a status is one line, whatever the configuration holds")
    func oneLine() {
        var report = StatusReport(state: "waiting", connected: false)
        report.server = "wss://a\nREADY=1"
        #expect(report.line == "waiting, not connected to wss://a\\nREADY=1")
    }

    @Test("an abstract socket")
    func abstractSocket() throws {
        let receiver = try DatagramReceiver(isAbstract: true)
        #expect(NotifySocket(receiver.name)?.send("READY=1") == true)
        #expect(receiver.messages() == ["READY=1"])
    }

    @Test("a socket that nobody reads, or that is not there, holds nobody up")
    func fullSocket() throws {
        let socket = try #require(NotifySocket(receiver.name))
        var sent = 0
        while sent < 100_000, socket.send("STATUS=\(sent)") { sent += 1 }
        #expect(sent < 100_000)
        #expect(NotifySocket("/nowhere/at/all")?.send("READY=1") == false)
    }

    @Test(
        "names that are no sockets",
        arguments: ["", "@", "relative", "vsock:2:1234", "/" + String(repeating: "x", count: 200)])
    func names(name: String) { #expect(NotifySocket(name) == nil) }

    @Test(
        "the watchdog counts when it is meant for this process",
        arguments: [
            ("20000000", nil, 10_000), ("20000000", "77", 10_000), ("20000000", "78", nil), ("0", nil, nil),
            ("-5", nil, nil), ("soon", nil, nil), (nil, "77", nil),
        ] as [(String?, String?, Int?)])
    func watchdogVariables(microseconds: String?, processID: String?, milliseconds: Int?) throws {
        var environment = ["NOTIFY_SOCKET": receiver.name]
        environment["WATCHDOG_USEC"] = microseconds
        environment["WATCHDOG_PID"] = processID
        let manager = try #require(ServiceManager(environment, processID: 77))
        #expect(manager.watchdogInterval == milliseconds.map { .milliseconds($0) })
    }

    @Test("without NOTIFY_SOCKET there is no manager")
    func nobody() { #expect(ServiceManager(["WATCHDOG_USEC": "1000000"]) == nil) }
}
