import ClawdTalkAPI

extension CommandFailure {
    /// - Parameter deed: what was wanted, as in "the call was not made".
    init(_ failure: RESTFailure, _ deed: String) {
        self.init(
            Self.status(of: failure),
            Console.printable("\(deed): \(failure.explanation). \(Self.cure(failure))"))
    }

    private static func status(of failure: RESTFailure) -> ExitStatus {
        switch failure {
        case .notSent, .noAnswer: .unreachable
        case .refused(let refusal): refusal.status == 401 ? .keyRefused : .failure
        case .unreadable: .failure
        }
    }

    private static func cure(_ failure: RESTFailure) -> String {
        switch failure {
        case .notSent: "Check the network and `server`, then try again."
        case .noAnswer: "It may have happened all the same: look before you repeat it."
        case .unreadable: "Check `server`; it should be ClawdTalk's."
        case .refused(let refusal):
            switch refusal.status {
            case 300...399: "Set `server` to the new address if you trust it."
            case 401: "Copy the API key from the dashboard at clawdtalk.com again."
            case 404: "Check the id."
            case 429: failure.retryAfterSeconds.map { "Try again in \($0) s." } ?? "Try again in a minute."
            case 500...: "The service has a problem; try again later."
            default: "Change what you asked for."
            }
        }
    }
}
