import ClawdTalkAPI

extension CommandFailure {
    /// - Parameters:
    ///   - deed: what was wanted, as in "the call was not made".
    ///   - cure: what to do, where more is known than from the failure alone.
    init(_ failure: RESTFailure, _ deed: String, cure: String? = nil) {
        var deed = deed
        var cure = cure ?? Self.cure(failure)
        if failure.mayHaveHappened {
            deed = "it is not known whether it happened"
            cure = "It may have happened all the same: look before you repeat it."
        }
        self.init(Self.status(of: failure), Console.printable("\(deed): \(Self.sentence(failure)) \(cure)"))
    }

    /// - Parameter thing: what was to be read, as in "the call".
    init(reading thing: String, _ failure: RESTFailure) {
        self.init(
            Self.status(of: failure),
            Console.printable(
                "\(thing) cannot be read: \(Self.sentence(failure)) \(Self.cureOfReading(failure))"))
    }

    private static func sentence(_ failure: RESTFailure) -> String {
        failure.explanation + (failure.explanation.hasSuffix(".") ? "" : ".")
    }

    private static func cureOfReading(_ failure: RESTFailure) -> String {
        if case .noAnswer = failure { "Check the network, then try again." } else { cure(failure) }
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
            case 402: "Look at the plan of your account on the dashboard at clawdtalk.com."
            case 401: "Copy the API key from the dashboard at clawdtalk.com again."
            case 404: "Check the id."
            case 429: failure.retryAfterSeconds.map { "Try again in \($0) s." } ?? "Try again in a minute."
            case 500...: "The service has a problem; try again later."
            default: "Change what you asked for."
            }
        }
    }
}
