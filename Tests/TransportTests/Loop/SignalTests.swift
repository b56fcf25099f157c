import Foundation
import Synchronization
import Testing

@testable import Transport

@Suite("Signals in the middle of system calls")
struct SignalTests {
    @Test("a call that was interrupted is made again, another error is told")
    func retrying() {
        var outcomes = [(-1, EINTR), (-1, EINTR), (7, 0), (-1, EIO), (1, 0)][...]
        let call = {
            let (result, code) = outcomes.removeFirst()
            errno = code
            return result
        }
        #expect(SystemCall.retrying(call) == 7)
        #expect(SystemCall.retrying(call) == -1 && errno == EIO)
        #expect(outcomes.count == 1)
    }

    /// How often the handler below ran.
    private static let count = Atomic(0)

    @Test("a loop that is interrupted in poll(2) goes on: its timer fires", .timeLimit(.minutes(1)))
    func poll() async throws {
        #expect(Self.count.load(ordering: .relaxed) == 0)  // makes it, which no signal handler may
        // Without SA_RESTART, and for a signal that nothing else here uses.
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in Self.count.add(1, ordering: .relaxed) }
        #expect(sigaction(SIGURG, &action, nil) == 0)
        let loop = try EventLoop(name: "interrupted")
        let isDone = Atomic(false)
        await withCheckedContinuation { fired in
            loop.execute {
                // The threads of tests block signals, and a loop's thread begins like the one that made it.
                var urgent = sigset_t()
                sigaddset(&urgent, SIGURG)
                pthread_sigmask(SIG_UNBLOCK, &urgent, nil)
                loop.schedule(after: .milliseconds(50)) { fired.resume() }
                let thread = UInt(pthread_self())
                Thread.detachNewThread {
                    while !isDone.load(ordering: .relaxed) { pthread_kill(pthread_t(thread), SIGURG) }
                }
            }
        }
        isDone.store(true, ordering: .relaxed)
        #expect(Self.count.load(ordering: .relaxed) > 0)
    }
}
