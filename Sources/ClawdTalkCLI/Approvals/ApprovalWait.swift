import ClawdTalkAPI

/// The wait for the owner's decision: looks every two seconds, at once and a last time at the deadline. What may pass
/// by itself (429, 5xx, lost connections) does not end it.
struct ApprovalWait {
    /// What becomes of a request that goes on being asked about.
    enum Ending: Equatable {
        case decided(ApprovalOutcome)
        /// A status word that is not known.
        case unknown(String)
    }

    let timeLimit: Duration
    /// The time that has passed since some moment.
    let now: () -> Duration
    let sleep: (Duration) async throws -> Void
    /// One look at the request: the service's answer.
    let look: (_ limit: Duration) async throws(RESTFailure) -> JSONValue

    static let pause = Duration.seconds(2)
    /// A look at the deadline itself gets so much time.
    private static let shortestLook = Duration.seconds(1)

    /// - Throws: ``RESTFailure`` that will not pass, or what `sleep` throws.
    func ending() async throws -> Ending {
        let deadline = now() + timeLimit
        while true {
            var pause = Self.pause
            do throws(RESTFailure) {
                let answer = try await look(max(deadline - now(), Self.shortestLook))
                if let ending = try Self.ending(in: answer) { return ending }
            } catch {
                guard Self.mayPass(error) else { throw error }
                pause = max(pause, .seconds(error.retryAfterSeconds ?? 0))
            }
            let rest = deadline - now()
            guard rest > .zero else { return .decided(.timeout) }
            try await sleep(min(pause, rest))
        }
    }

    /// - Returns: nil while nothing is decided.
    private static func ending(in answer: JSONValue) throws(RESTFailure) -> Ending? {
        guard answer.isObject else { throw .unreadable("something that is no approval") }
        let word = answer["status"]?.string?.lowercased() ?? "pending"
        guard word != "pending" else { return nil }
        return ApprovalOutcome(rawValue: word).map { .decided($0) } ?? .unknown(word)
    }

    private static func mayPass(_ failure: RESTFailure) -> Bool {
        switch failure {
        case .notSent, .noAnswer: true
        case .refused(let refusal): refusal.status == 429 || refusal.status >= 500
        case .unreadable: false
        }
    }
}
