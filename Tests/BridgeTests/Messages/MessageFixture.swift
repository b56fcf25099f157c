import Agent
import ClawdTalkAPI
import Logging
import OpenClaw
import Ports
import TestSupport

@testable import Bridge

/// Both desks over disks, a gateway and a service that outlive them: the test kills the process and starts it again.
final class MessageFixture {
    let time = ManualTime()
    let gateway: ScriptedGateway
    let agent: ScriptedAgent
    let service: ScriptedMessages
    let textSpool = MemorySpool<TextEntry>()
    let reportSpool = MemorySpool<ReportEntry>()
    let journal = LogJournal()
    private var settings = MessageSettings()
    private var ports: [MortalHTTP] = []
    private var lastMarker: UInt32 = 0
    private(set) var lanes: Lanes!
    private(set) var texts: TextDesk!
    private(set) var reports: ReportDesk!
    private let clockFile = MemoryJournalFile()
    private var clock: SteadyClock!
    /// Whether a call is in progress.
    var hasLiveCall = false
    /// Added to the wall clock: somebody sets it.
    var clockChange = 0

    init(_ adjust: (inout MessageSettings) -> Void = { _ in }) {
        gateway = ScriptedGateway(time: time)
        agent = ScriptedAgent(gateway)
        service = ScriptedMessages(time: time)
        settings.reportsAfter = .seconds(5)
        adjust(&settings)
        start()
    }

    private func start() {
        let log = Logger(label: "test") { [journal] _ in journal.handler }
        let (gatewayPort, servicePort) = (MortalHTTP(gateway), MortalHTTP(service))
        ports = [gatewayPort, servicePort]
        lanes = scriptedLanes(to: gatewayPort, time: time) { [unowned self] in
            lastMarker += 1
            return lastMarker
        }
        let requests = ServiceRequests(
            rest: ServiceREST(baseURL: "http://service/v1", apiKey: "cc"), http: servicePort)
        clock = SteadyClock(
            clockFile, time: time, unixTime: { [unowned self] in service.unixTime + clockChange }, log: log)
        let ports = MessagePorts(
            settings: settings, texts: textSpool, reports: reportSpool, clock: clock)
        texts = TextDesk(ports, requests: requests, lanes: lanes, time: time, log: log)
        reports = ReportDesk(ports, lanes: lanes, time: time, log: log)
        reports.hasLiveCall = { [unowned self] in hasLiveCall }
        clock.start()
        texts.start()
        reports.start()
    }

    /// As kill -9 does it, at this moment; what was on its way to others has arrived there.
    func kill() {
        clockFile.isBroken = true
        clock.stop()
        clockFile.isBroken = false
        for port in ports { port.die() }
        // Stopping is how the desks are kept still; a process that was killed writes nothing on that occasion.
        let wereFull = (textSpool.isFull, reportSpool.isFull)
        (textSpool.isFull, reportSpool.isFull) = (true, true)
        texts?.stop()
        reports?.stop()
        textSpool.forget()
        reportSpool.forget()
        (textSpool.isFull, reportSpool.isFull) = wereFull
    }

    /// As SIGTERM does it: the desks are told and gone, the loop goes on for a moment.
    func stop() {
        texts.stop()
        reports.stop()
        (texts, reports) = (nil, nil)
    }

    /// - Parameter seconds: while no process runs.
    func restart(after seconds: Int = 0) {
        kill()
        clockChange += seconds
        start()
    }

    func receive(_ word: String, id: String? = nil, from sender: String = "+15550001") {
        texts.accept(IncomingText(messageID: id ?? word, sender: sender, body: "Please w:\(word) it"))
    }

    /// A text that asks for something sensitive.
    func receiveSensitive(_ word: String = "one") {
        let text = IncomingText(
            messageID: word, sender: "+15550001", body: "Please w:\(word) it: delete all files")
        texts.accept(text)
    }

    func advance(_ seconds: Double) { time.advance(seconds: seconds) }
}
