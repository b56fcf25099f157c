import Agent
import ClawdTalkAPI
import Logging
import OpenClaw
import Ports
import TestSupport
import Wire

@testable import Bridge

/// A whole bridge over disks, a gateway and a service that outlive it: the test calls, hangs up, kills the process and starts
/// it again.
final class HangupFixture {
    let time = ManualTime()
    let gateway: ScriptedGateway
    let agent: ScriptedAgent
    let messages: ScriptedMessages
    let spool = MemorySpool<HangupEntry>()
    let textSpool = MemorySpool<TextEntry>()
    let log = LogJournal()
    private let isChatOn: Bool
    private var settings = MessageSettings()
    private var conversation = ConversationConfiguration()
    private var ports: [MortalStreams] = []
    private var lastMarker: UInt32 = 0
    private var journal = MemoryJournalFile()
    private var clockFile = MemoryJournalFile()
    private(set) var service = ScriptedService()
    private(set) var bridge: Bridge!
    /// What was sent before the process of now.
    private var earlier: [[String: Any]] = []
    private var lastQuestion = 0
    /// Added to the wall clock: for so long no process runs.
    private var absence = 0

    static let number = "+13125550142"

    init(
        _ way: AfterHangup = .finish, hasNumber: Bool = true, isChatOn: Bool = false, language: String = "en",
        replyTimeLimit: Duration = .seconds(110)
    ) {
        self.isChatOn = isChatOn
        gateway = ScriptedGateway(time: time)
        agent = ScriptedAgent(gateway)
        messages = ScriptedMessages(time: time)
        agent.mood = .thinking
        settings.reportScope = .none
        (settings.afterHangup, settings.ownerNumber) = (way, hasNumber ? Self.number : nil)
        (conversation.language, conversation.replyTimeLimit) = (language, replyTimeLimit)
        settings.phrases = Phrases(conversation)
        start()
    }

    private func start() {
        let log = Logger(label: "test") { [log] _ in log.handler }
        let (gatewayPort, servicePort) = (MortalStreams(gateway), MortalStreams(messages))
        ports = [gatewayPort, servicePort]
        service = ScriptedService()
        let lanes = scriptedLanes(to: gatewayPort, time: time, isChatOn: isChatOn) { [unowned self] in
            lastMarker += 1
            return lastMarker
        }
        let clock = SteadyClock(
            clockFile, time: time, unixTime: { [unowned self] in messages.unixTime + absence }, log: log)
        var ports = BridgePorts(
            connector: service, lanes: lanes,
            requests: ServiceRequests(
                rest: ServiceREST(baseURL: "http://service/v1", apiKey: "cc"), http: servicePort),
            time: time, chance: .highest)
        ports.clock = clock
        ports.journal = CallJournal(
            journal, now: { clock.now }, soon: { [time] in _ = time.schedule(after: .zero, $0) })
        ports.messages = MessagePorts(
            settings: settings, texts: textSpool, reports: MemorySpool<ReportEntry>(), hangups: spool,
            clock: clock)
        var settings = BridgeSettings(apiKey: "cc_test")
        (settings.ownerName, settings.greeting, settings.conversation) = ("Ana", "Hello.", conversation)
        bridge = Bridge(settings: settings, ports: ports, log: log)
        bridge.start()
        service.current.logIn()
    }

    // MARK: The process

    /// As kill -9 does it, at this moment; what was on its way to others has arrived there.
    func kill() {
        guard !spool.isFull else { return }
        earlier += service.connections.flatMap(\.sent)
        (journal, clockFile) = (journal.left(), clockFile.left())
        for port in ports { port.die() }
        // Stopping is how the bridge is kept still; a process that was killed writes nothing on that occasion.
        (spool.isFull, textSpool.isFull) = (true, true)
        bridge.stop {}
        spool.forget()
        textSpool.forget()
        service = ScriptedService()
    }

    /// As SIGTERM does it.
    func stop() {
        bridge.stop {}
        earlier += service.connections.flatMap(\.sent)
        (journal, clockFile) = (journal.left(), clockFile.left())
        for port in ports { port.die() }
        service = ScriptedService()
    }

    /// - Parameter absence: in seconds, for which no process ran.
    func restart(absence: Int = 0, _ way: AfterHangup? = nil) {
        kill()
        self.absence += absence
        if let way { settings.afterHangup = way }
        (spool.isFull, textSpool.isFull) = (false, false)
        start()
    }

    func advance(_ seconds: Double) {
        let end = time.now + .milliseconds(Int(seconds * 1000))
        while time.now < end {
            time.advance(min(.seconds(5), end - time.now))
            service.connections.last?.answerPings()
        }
    }

    // MARK: Calls

    func event(_ event: String, _ members: String) {
        service.connections.last?.receive(#"{"type":"event","event":"\#(event)",\#(members)}"#)
    }

    func begin(_ call: String, direction: String = "inbound") {
        event("call.started", #""call_id":"\#(call)","direction":"\#(direction)""#)
        advance(1)
    }

    func hangUp(_ call: String) {
        event("call.ended", #""call_id":"\#(call)""#)
        advance(1)
    }

    /// - Returns: its request id.
    @discardableResult
    func ask(_ word: String = "one", in call: String = "c1", _ more: String = "") -> String {
        say("Please w:\(word) it\(more)", in: call)
    }

    @discardableResult
    func say(_ query: String, in call: String = "c1") -> String {
        lastQuestion += 1
        event(
            "deep_tool_request", #""call_id":"\#(call)","request_id":"r\#(lastQuestion)","query":"\#(query)""#
        )
        advance(1)
        return "r\(lastQuestion)"
    }

    /// A call of the owner's that asks one thing and ends before the answer.
    func askAndHangUp(_ word: String = "one", in call: String = "c1") {
        begin(call)
        ask(word, in: call)
        hangUp(call)
    }

    /// The answer to what was asked last comes, and is found.
    func answer() {
        agent.answerLast()
        advance(20)
    }

    // MARK: What was heard

    private var sent: [[String: Any]] { earlier + service.connections.flatMap(\.sent) }

    /// What is said in a call without being asked, but the greeting.
    func told(_ call: String) -> [String] {
        sent.filter { $0["call_id"] as? String == call && $0["type"] as? String == "response" }
            .compactMap { $0["text"] as? String }.filter { $0 != "Hello." }
    }

    /// All that is said in a call without being asked.
    func responses(_ call: String) -> [String] {
        sent.filter { $0["call_id"] as? String == call && $0["type"] as? String == "response" }
            .compactMap { $0["text"] as? String }
    }

    func heard(_ id: String) -> [String] {
        sent.filter { $0["request_id"] as? String == id }.compactMap { $0["text"] as? String }
    }

    func result(_ id: String) -> [String] {
        sent.filter { $0["request_id"] as? String == id && $0["type"] as? String == "deep_tool_result" }
            .compactMap { $0["text"] as? String }
    }

    var texts: [String] { messages.sent.map(\.body) }
    var calls: [String] { messages.calls.map(\.body) }
    var waiting: Int { bridge.hangups?.waitingCount ?? 0 }

    static func before(_ word: String) -> String { "Your answer from before: Reply to \(word)." }
}

extension MemoryJournalFile {
    /// What a process leaves to the next: nothing that it writes later.
    fileprivate func left() -> MemoryJournalFile {
        isBroken = true
        let next = MemoryJournalFile()
        next.bytes = bytes
        return next
    }
}

/// HTTP that ends with its process: after the kill nothing goes out and nothing comes back.
final class MortalStreams: HTTPStreamPort {
    private final class Nothing: Cancellable { func cancel() {} }

    private let port: any HTTPPort
    private(set) var isDead = false

    init(_ port: any HTTPPort) { self.port = port }

    func die() { isDead = true }

    func send(
        _ request: HTTPRequest, deadline: Duration,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        guard !isDead else { return Nothing() }
        return port.send(request, deadline: deadline) { [self] in if !isDead { completion($0) } }
    }

    func stream(
        _ request: HTTPRequest, deadline: Duration, onHead: @escaping (HTTPResponseHead) -> Bool,
        onBytes: @escaping ([UInt8]) -> Void,
        completion: @escaping (Result<HTTPResponse, HTTPPortFailure>) -> Void
    ) -> any Cancellable {
        guard !isDead, let streams = port as? any HTTPStreamPort else { return Nothing() }
        return streams.stream(
            request, deadline: deadline, onHead: { [self] in isDead ? false : onHead($0) },
            onBytes: { [self] in if !isDead { onBytes($0) } }
        ) { [self] in if !isDead { completion($0) } }
    }
}
