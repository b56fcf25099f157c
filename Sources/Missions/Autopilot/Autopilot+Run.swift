import ClawdTalkAPI

/// What the service says of the run, asked once a round.
extension Autopilot {
    /// The plan; an empty one when the run has none.
    func plan(_ work: RoundWork) async throws(RESTFailure) -> MissionPlan {
        if let plan = work.plan { return plan }
        var plan = MissionPlan(.empty)
        do throws(RESTFailure) {
            plan = MissionPlan(try await client.plan(work.run))
        } catch {
            guard error.isGone else { throw error }
        }
        work.plan = plan
        return plan
    }

    /// How the run was ended, by whomever; nil while it goes on. One that is gone was `deleted`.
    func endedStatus(_ work: RoundWork) async throws(RESTFailure) -> String? {
        if work.runStatus == nil {
            do throws(RESTFailure) {
                work.runStatus = try await client.run(work.run)["status"]?.string ?? "unknown"
            } catch {
                guard error.isGone else { throw error }
                work.runStatus = "deleted"
            }
        }
        let ends = ["succeeded", "failed", "cancelled", "canceled", "deleted"]
        return work.runStatus.flatMap { ends.contains($0) ? $0 : nil }
    }
}

extension RESTFailure {
    /// The service knows of no such thing.
    var isGone: Bool { status == 404 || status == 410 }

    /// The service will not take this, whenever it is asked; others it may.
    var isFinal: Bool {
        status.map { (400...499).contains($0) && ![401, 408, 425, 429].contains($0) } ?? false
    }

    /// It says something of this request, and nothing of the service as a whole.
    var isOfOneRequest: Bool {
        switch self {
        case .unreadable: true
        case .refused(let refusal): ![401, 429, 503].contains(refusal.status)
        case .notSent, .noAnswer: false
        }
    }
}
