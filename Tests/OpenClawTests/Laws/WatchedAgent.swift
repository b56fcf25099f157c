import Agent
import Ports

/// An agent that notes how its askings keep what ``AskingEvent`` promises, and whether they are freed.
final class WatchedAgent: AgentPort {
    private final class Record {
        weak var asking: (any Asking)?
        var events: [AskingEvent] = []
        var isOver: Bool {
            switch events.last {
            case .notAsked, .wasNotAsked: true
            default:
                events.contains(.released)
                    && events.contains { if case .outcome = $0 { true } else { false } }
            }
        }
    }

    private let agent: any AgentPort
    private var records: [Record] = []
    private(set) var faults: [String] = []

    init(_ agent: any AgentPort) { self.agent = agent }

    var capabilities: Capabilities { agent.capabilities }
    var formName: String { agent.formName }
    var lostSessions: Int { agent.lostSessions }
    func newReceipt() -> Receipt { agent.newReceipt() }
    func prepare() { agent.prepare() }
    func settingsChanged() { agent.settingsChanged() }
    func checkHealth(_ completion: @escaping (_ problem: String?) -> Void) { agent.checkHealth(completion) }

    func ask(_ request: AgentRequest, onEvent: @escaping (AskingEvent) -> Void) -> any Asking {
        watch(request, onEvent) { agent.ask(request, onEvent: $0) }
    }

    func find(_ earlier: EarlierAsking, for request: AgentRequest, onEvent: @escaping (AskingEvent) -> Void)
        -> any Asking
    {
        watch(request, onEvent) { agent.find(earlier, for: request, onEvent: $0) }
    }

    /// How many askings are not freed.
    var living: Int { records.count { $0.asking != nil } }

    private func watch(
        _ request: AgentRequest, _ onEvent: @escaping (AskingEvent) -> Void,
        _ make: (@escaping (AskingEvent) -> Void) -> any Asking
    ) -> any Asking {
        let record = Record()
        records.append(record)
        let asking = make { [weak self] event in
            self?.check(event, record, request.question.text)
            record.events.append(event)
            onEvent(event)
        }
        record.asking = asking
        return asking
    }

    private func check(_ event: AskingEvent, _ record: Record, _ question: String) {
        if record.isOver { faults.append("\(question): \(event) after \(record.events)") }
        switch event {
        case .released where record.events.contains(.released): faults.append("\(question): released twice")
        case .outcome where record.events.contains(where: { if case .outcome = $0 { true } else { false } }):
            faults.append("\(question): two outcomes: \(record.events) \(event)")
        default: break
        }
    }
}
