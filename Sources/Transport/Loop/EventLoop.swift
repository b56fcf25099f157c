import Foundation
import Synchronization

/// One thread that owns descriptors, their streams, their TLS and their timers, asleep in poll(2).
///
/// Other threads reach it through ``execute(_:)`` only. Everything marked "loop only" traps elsewhere.
/// Time is the continuous clock: it goes on while the machine sleeps, so timers are due at once on waking.
package final class EventLoop: @unchecked Sendable {  // Proof: mutexes, or its own thread alone.
    private struct Inbox {
        var jobs: [@Sendable () -> Void] = []
        var isWakePending = false
        var isStopping = false
    }

    private let inbox = Mutex(Inbox())
    private let wakeUp: WakeUpPipe
    private let threadID = Mutex<pthread_t?>(nil)
    private let clock = ContinuousClock()
    private let start = ContinuousClock.now
    private var sleepDetector = SleepDetector()
    private var timers = TimerQueue()
    private var lastTimerOrder: UInt64 = 0
    private var watches: [Int32: LoopWatch] = [:]
    private var pollSet: [pollfd] = []
    private var isPollSetStale = true
    private var wakeHandlers: [() -> Void] = []

    /// The longest sleep: a machine that was suspended is noticed this soon after it wakes.
    private static let longestSleep = Duration.seconds(2)
    static let readBufferBytes = 256 * 1024

    /// One buffer for every read on this loop. Loop only.
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readBufferBytes, alignment: 16)

    /// Starts the thread. - Throws: ``TransportError/system(_:code:)`` when no descriptor is left.
    package init(name: String) throws(TransportError) {
        wakeUp = try WakeUpPipe()
        let thread = Thread { [self] in run() }
        thread.name = name
        thread.start()
    }

    deinit {
        readBuffer.deallocate()
        wakeUp.close()
    }

    package var isCurrent: Bool {
        threadID.withLock { id in id.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    /// Runs `job` on the loop, in order, soon; never inside this call. From any thread.
    package func execute(_ job: @escaping @Sendable () -> Void) {
        let mustWake = inbox.withLock { inbox in
            inbox.jobs.append(job)
            defer { inbox.isWakePending = true }
            return !inbox.isWakePending
        }
        // On its own thread the loop looks into the inbox before it sleeps.
        if mustWake, !isCurrent { wakeUp.signal() }
    }

    /// Runs `job` on the loop and gives back its result; at once in a task that runs there.
    package func run<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result
    {
        if isCurrent { return try job() }
        return try await withCheckedThrowingContinuation { continuation in
            execute { continuation.resume(with: Swift.Result { try job() }) }
        }
    }

    /// Ends the thread after the jobs that are already waiting. What is still watched stays open.
    package func stop() {
        inbox.withLock { $0.isStopping = true }
        execute {}
    }

    // MARK: Loop only

    /// Time since the loop began.
    package var now: Duration { start.duration(to: clock.now) }

    @discardableResult
    package func schedule(after delay: Duration, _ action: @escaping () -> Void) -> LoopTimer {
        precondition(isCurrent)
        lastTimerOrder += 1
        let timer = LoopTimer(dueAt: now + delay, order: lastTimerOrder, loop: self, action: action)
        timers.insert(timer)
        return timer
    }

    func forget(_ timer: LoopTimer) {
        precondition(isCurrent)
        timers.remove(timer)
    }

    package func watch(
        _ descriptor: Int32, for interest: LoopWatch.Interest,
        _ handler: @escaping (LoopWatch.Interest) -> Void
    ) -> LoopWatch {
        precondition(isCurrent)
        let watch = LoopWatch(descriptor: descriptor, interest: interest, loop: self, handler: handler)
        watches[descriptor] = watch
        watchesChanged()
        return watch
    }

    /// Must come before the descriptor is closed, or its number may already belong to another.
    package func unwatch(_ watch: LoopWatch) {
        precondition(isCurrent)
        guard watches[watch.descriptor] === watch else { return }
        watches[watch.descriptor] = nil
        watchesChanged()
    }

    /// Calls `handler` after the machine woke from sleep.
    package func onWakeFromSleep(_ handler: @escaping () -> Void) {
        precondition(isCurrent)
        wakeHandlers.append(handler)
    }

    func watchesChanged() {
        precondition(isCurrent)
        isPollSetStale = true
    }

    private func run() {
        threadID.withLock { $0 = pthread_self() }
        while true {
            let (jobs, isStopping) = inbox.withLock { inbox in
                defer { (inbox.jobs, inbox.isWakePending) = ([], false) }
                return (inbox.jobs, inbox.isStopping)
            }
            for job in jobs { job() }
            if isStopping { break }
            fireTimers()
            waitAndDispatch()
            if sleepDetector.sleptSinceLastCheck() { wakeHandlers.forEach { $0() } }
        }
        threadID.withLock { $0 = nil }
    }

    private func fireTimers() {
        guard timers.nextDueAt != nil else { return }
        let now = now
        while let timer = timers.popDue(at: now) { timer.fire() }
    }

    private func waitAndDispatch() {
        if isPollSetStale { rebuildPollSet() }
        let wait = timers.nextDueAt.map { min(max($0 - now, .zero), Self.longestSleep) } ?? Self.longestSleep
        let hasJobs = inbox.withLock { !$0.jobs.isEmpty }
        guard poll(&pollSet, nfds_t(pollSet.count), hasJobs ? 0 : wait.pollMilliseconds) > 0 else { return }
        if pollSet[0].revents != 0 { wakeUp.drain() }
        for entry in pollSet.dropFirst() where entry.revents != 0 {
            guard let watch = watches[entry.fd] else { continue }
            // Errors and hang-ups go to whoever waits: the next read or write tells what it was.
            let isBroken = entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
            var readiness: LoopWatch.Interest = isBroken ? watch.interest : []
            if entry.revents & Int16(POLLIN) != 0 { readiness.insert(.readable) }
            if entry.revents & Int16(POLLOUT) != 0 { readiness.insert(.writable) }
            watch.handler(readiness)
        }
    }

    private func rebuildPollSet() {
        pollSet = [pollfd(fd: wakeUp.readEnd, events: Int16(POLLIN), revents: 0)]
        for watch in watches.values where !watch.interest.isEmpty {
            let read = watch.interest.contains(.readable) ? Int16(POLLIN) : 0
            let write = watch.interest.contains(.writable) ? Int16(POLLOUT) : 0
            pollSet.append(pollfd(fd: watch.descriptor, events: read | write, revents: 0))
        }
        isPollSetStale = false
    }
}

extension Duration {
    /// For poll(2): rounded up, so that a timer is due when the wait ends.
    fileprivate var pollMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        return Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
