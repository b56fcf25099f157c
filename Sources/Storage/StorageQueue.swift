import Foundation
import Synchronization

/// A thread that writes files, one job after another, so that a slow disk holds up nobody who has other things to do.
///
/// Jobs run in the order in which they were given. The thread ends after the last of them when nobody holds the queue
/// any more.
package final class StorageQueue: Sendable {
    package typealias Job = @Sendable () -> Void

    /// What the thread holds, and not the queue itself.
    private final class Inbox: Sendable {
        let state = Mutex<(jobs: [Job], isClosed: Bool)>(([], false))
        let signal = DispatchSemaphore(value: 0)

        func run() {
            while true {
                signal.wait()
                let (jobs, isClosed) = state.withLock { state in
                    defer { state.jobs = [] }
                    return state
                }
                for job in jobs { job() }
                if isClosed { return }
            }
        }
    }

    /// The one of this process: what is given to it outlives a bridge, and comes before what the next one reads.
    package static let shared = StorageQueue(name: "clawdtalk-files")

    private let inbox = Inbox()

    package init(name: String) {
        let thread = Thread { [inbox] in inbox.run() }
        thread.name = name
        thread.start()
    }

    deinit {
        inbox.state.withLock { $0.isClosed = true }
        inbox.signal.signal()
    }

    /// Returns at once; the job runs after all that were given before it.
    package func perform(_ job: @escaping Job) {
        inbox.state.withLock { $0.jobs.append(job) }
        inbox.signal.signal()
    }

    /// Waits until all jobs that were given before are done. Not from a job.
    package func wait() {
        let done = DispatchSemaphore(value: 0)
        perform { done.signal() }
        done.wait()
    }
}
