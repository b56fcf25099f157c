import Synchronization

/// What other threads ask of a loop, in order. From any thread.
final class LoopInbox: Sendable {
    enum Job: Sendable {
        /// Not called when the loop has ended first.
        case run(@Sendable () -> Void)
        /// Always called: on the loop with true, or on any thread with false when the loop has ended first.
        case settle(@Sendable (_ isOnLoop: Bool) -> Void)

        func perform() {
            switch self {
            case .run(let job): job()
            case .settle(let job): job(true)
            }
        }

        fileprivate func drop() { if case .settle(let job) = self { job(false) } }
    }

    private struct State {
        var jobs: [Job] = []
        var isWakePending = false
        var isStopping = false
        /// The thread has ended: no job will run any more.
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// Adds a job, or drops it where the loop has ended.
    /// - Returns: whether the loop has to be woken for it.
    func add(_ job: Job) -> Bool {
        let (mustWake, hasEnded) = state.withLock { state in
            guard !state.hasEnded else { return (false, true) }
            state.jobs.append(job)
            defer { state.isWakePending = true }
            return (!state.isWakePending, false)
        }
        if hasEnded { job.drop() }
        return mustWake
    }

    var isEmpty: Bool { state.withLock { $0.jobs.isEmpty } }

    /// The loop is to end after the jobs that wait now.
    func stop() { state.withLock { $0.isStopping = true } }

    /// - Returns: the jobs that wait, and whether the loop is to end after them.
    func take() -> (jobs: [Job], isStopping: Bool) {
        state.withLock { state in
            defer { (state.jobs, state.isWakePending) = ([], false) }
            return (state.jobs, state.isStopping)
        }
    }

    /// No job is taken any more; those that wait are told so.
    func end() {
        let left = state.withLock { state in
            state.hasEnded = true
            defer { state.jobs = [] }
            return state.jobs
        }
        for job in left { job.drop() }
    }
}
