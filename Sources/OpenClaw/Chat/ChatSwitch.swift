import Ports
import Wire

/// Whether a gateway is asked by chat: what openclaw.json says, then a GET that starts no run
/// (shared/spec/gateway.md section 0).
final class ChatSwitch {
    private enum State: Equatable {
        case unknown, on
        case off(since: Duration)
    }

    private let http: any HTTPStreamPort
    private let baseURL: String
    private let time: any Timekeeper
    private let isEnabled: () -> Bool?
    private let log: (String, String) -> Void
    private var state = State.unknown
    private var waiting: [(Bool) -> Void] = []

    /// - Parameter isEnabled: what openclaw.json says; nil when that is not known.
    init(
        over http: any HTTPStreamPort, baseURL: String, time: any Timekeeper,
        isEnabled: @escaping () -> Bool?, log: @escaping (String, String) -> Void
    ) {
        (self.http, self.baseURL, self.time) = (http, baseURL, time)
        (self.isEnabled, self.log) = (isEnabled, log)
    }

    /// An endpoint that is off is looked at again after this time: it may have been enabled in a way that we cannot see.
    private static let pause = Duration.seconds(600)

    var isOn: Bool { state == .on }

    /// Calls back with whether to ask by chat; a gateway that gave no clear answer is asked again the next time.
    func decide(token: String?, completion: @escaping (Bool) -> Void) {
        if case .off(let since) = state, time.now - since >= Self.pause { state = .unknown }
        guard state == .unknown else { return completion(isOn) }
        guard isEnabled() != false else {
            turnOff("openclaw.json has it off")
            return completion(false)
        }
        waiting.append(completion)
        guard waiting.count == 1 else { return }
        let probe = GatewayProbe.chatEndpoint(of: baseURL, token: token)
        http.send(probe, deadline: .seconds(10)) { [weak self] in self?.probed($0) }
    }

    /// The gateway would not take a question this way; nothing ran.
    func turnOff(_ reason: String) {
        state = .off(since: time.now)
        log(
            "no chat endpoint at the gateway, asking by sessions_send",
            "\(reason); setup --chat-endpoint enables it")
    }

    /// Something changed: it is looked at anew.
    func forget() { state = .unknown }

    private func probed(_ result: Result<HTTPResponse, HTTPPortFailure>) {
        if case .success(let response) = result {
            switch response.status {
            case _ where GatewayProbe.isChatEndpointOn(response):
                state = .on
                log("asking by chat", "")
            // A refused token, a lockout and a restart say nothing about the endpoint.
            case 401, 429, 500...599: break
            default: turnOff("GET \(ChatRequest.path) was answered with \(response.status)")
            }
        }
        let waiting = waiting
        self.waiting = []
        for completion in waiting { completion(isOn) }
    }
}
