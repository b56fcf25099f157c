import Foundation
import Synchronization

/// One thread that owns descriptors, their streams, their TLS and their timers, asleep in a ``Poller``.
///
/// Other threads reach it through ``execute(_:)`` only. Everything marked "loop only" traps elsewhere. It serves in turns:
/// its jobs, the timers that are due, then at most ``PollerLimit/events`` descriptors, each for a bounded number of bytes,
/// so that no peer keeps it from the others.
///
/// Lifetimes: the loop keeps what is scheduled and the handlers of what is watched, nothing else. A watch ends with its
/// owner; what is under way (a dial, an exchange) is kept by its own deadline timer.
/// Time is the continuous clock: it runs on while the machine sleeps, so timers are due at once on waking.
package final class EventLoop: @unchecked Sendable {  // Proof: mutexes, or its own thread alone.
    /// A socket that is watched. The poller is told of changes before the next sleep, once for all changes of a turn.
    private final class Registration {
        let socket: Socket
        let handler: (Readiness) -> Void
        var interest: Readiness
        var applied: Readiness = []

        init(_ socket: Socket, _ interest: Readiness, _ handler: @escaping (Readiness) -> Void) {
            (self.socket, self.interest, self.handler) = (socket, interest, handler)
        }
    }

    private let inbox = LoopInbox()
    private let wakeUp: WakeUpPipe
    private let poller: any Poller
    private let threadID = Atomic<UInt>(0)
    private let clock = ContinuousClock()
    private let start = ContinuousClock.now
    private var sleepDetector = SleepDetector()
    private var timers = TimerQueue()
    private var lastTimerOrder: UInt64 = 0
    private var registrations: [UInt64: Registration] = [:]
    private var lastToken = wakeUpToken
    private var changed: [UInt64] = []
    private var events: [PollerEvent] = []
    /// Those before it are handled.
    private var nextEvent = 0
    private var wakeHandlers: [() -> Void] = []
    private var isEnding = false
    private var stopHandlers: [StopHandlerID: () -> Void] = [:]
    private var lastStopHandler = StopHandlerID(0)

    private static let wakeUpToken: UInt64 = 0
    /// The longest sleep: a machine that was suspended is noticed this soon after it wakes.
    private static let longestSleep = Duration.seconds(2)
    /// After this time in handlers of descriptors, jobs and timers have their turn.
    private static let longestDispatch = Duration.milliseconds(20)

    /// Room for what is read in one call, on this loop's thread alone.
    let scratch = ReadScratch()

    /// Starts the thread. - Throws: ``TransportFailure/system(_:code:)`` when no descriptor is left.
    package init(name: String, poller kind: PollerKind = .native) throws(TransportFailure) {
        wakeUp = try WakeUpPipe()
        poller = try kind.make()
        try poller.change(wakeUp.number, from: [], to: .readable, token: Self.wakeUpToken)
        let thread = Thread { [self] in run() }
        thread.name = name
        thread.start()
    }

    package var isCurrent: Bool { threadID.load(ordering: .relaxed) == Self.currentThread }

    private static var currentThread: UInt {
        #if canImport(Darwin)
            UInt(bitPattern: pthread_self())
        #else
            UInt(pthread_self())
        #endif
    }

    // MARK: From any thread

    /// Runs `job` on the loop, in order, soon; never inside this call. A loop that has ended runs nothing.
    package func execute(_ job: @escaping @Sendable () -> Void) { add(.run(job)) }

    /// As ``execute(_:)``, but `job` is called in any case: with true on the loop, or with false on any thread when the
    /// loop has ended before it came to it.
    func settle(_ job: @escaping @Sendable (_ isOnLoop: Bool) -> Void) { add(.settle(job)) }

    private func add(_ job: LoopInbox.Job) {
        // On its own thread the loop looks into the inbox before it sleeps.
        if inbox.add(job), !isCurrent { wakeUp.signal() }
    }

    /// Runs `job` on the loop and gives back its result; at once in a task that runs there.
    /// - Throws: what `job` throws; ``TransportFailure/cancelled`` when the loop was stopped.
    package func run<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result
    {
        if isCurrent { return try job() }
        return try await withCheckedThrowingContinuation { continuation in
            settle { isOnLoop in
                guard isOnLoop else { return continuation.resume(throwing: TransportFailure.cancelled) }
                continuation.resume(with: Swift.Result { try job() })
            }
        }
    }

    /// Ends the thread after the jobs that are already waiting. Connections that are still open end with
    /// ``TransportFailure/cancelled``.
    package func stop() {
        inbox.stop()
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

    /// Calls `handler` whenever `socket` is ready for what its watch waits for, until the watch is let go of.
    func watch(_ socket: Socket, for interest: Readiness, _ handler: @escaping (Readiness) -> Void)
        -> LoopWatch
    {
        precondition(isCurrent)
        lastToken += 1
        registrations[lastToken] = Registration(socket, interest, handler)
        changed.append(lastToken)
        return LoopWatch(loop: self, token: lastToken, interest: interest)
    }

    func setInterest(_ interest: Readiness, of token: UInt64) {
        precondition(isCurrent)
        registrations[token]?.interest = interest
        changed.append(token)
    }

    func unwatch(_ token: UInt64) {
        precondition(isCurrent)
        guard let registration = registrations.removeValue(forKey: token), !registration.applied.isEmpty
        else { return }
        // A descriptor can always be taken out.
        try? poller.change(registration.socket.number, from: registration.applied, to: [], token: token)
    }

    /// Why a watch was told ``Readiness/lost``.
    var lossCause: TransportFailure { isEnding ? .cancelled : .system(.watch, code: ENOMEM) }

    /// Calls `handler` after the machine woke from sleep.
    package func onWakeFromSleep(_ handler: @escaping () -> Void) {
        precondition(isCurrent)
        wakeHandlers.append(handler)
    }

    struct StopHandlerID: Hashable {
        let number: UInt64
        init(_ number: UInt64) { self.number = number }
    }

    /// Calls `handler` on the loop's thread when the loop is stopped.
    func onStop(_ handler: @escaping () -> Void) -> StopHandlerID {
        precondition(isCurrent)
        lastStopHandler = StopHandlerID(lastStopHandler.number + 1)
        stopHandlers[lastStopHandler] = handler
        return lastStopHandler
    }

    func forgetStopHandler(_ id: StopHandlerID) {
        precondition(isCurrent)
        stopHandlers[id] = nil
    }

    // MARK: The thread

    private func run() {
        threadID.store(Self.currentThread, ordering: .relaxed)
        while runJobs() {
            fireTimers()
            applyChanges()
            waitAndDispatch()
            if sleepDetector.sleptSinceLastCheck() { wakeHandlers.forEach { $0() } }
        }
        end()
        threadID.store(0, ordering: .relaxed)
    }

    /// - Returns: false when the loop is to end.
    private func runJobs() -> Bool {
        let (jobs, isStopping) = inbox.take()
        for job in jobs { job.perform() }
        return !isStopping
    }

    /// What is under way is cancelled, what is watched is told so, and all is let go of, on the thread that it belongs to.
    private func end() {
        isEnding = true
        let handlers = stopHandlers.values
        stopHandlers = [:]
        for handler in handlers { handler() }
        for token in registrations.keys.sorted() { registrations[token]?.handler(.lost) }
        // Moved out first: what they hold may call back as it goes.
        let kept = (timers, registrations, wakeHandlers)
        (timers, registrations, wakeHandlers) = (TimerQueue(), [:], [])
        withExtendedLifetime(kept) {}
        inbox.end()
    }

    private func fireTimers() {
        guard timers.nextDueAt != nil else { return }
        let now = now
        while let timer = timers.popDue(at: now) { timer.fire() }
    }

    private func applyChanges() {
        guard !changed.isEmpty else { return }
        let tokens = changed
        changed.removeAll(keepingCapacity: true)
        for token in tokens {
            guard let registration = registrations[token], registration.interest != registration.applied
            else {
                continue
            }
            do {
                try poller.change(
                    registration.socket.number, from: registration.applied, to: registration.interest,
                    token: token)
                registration.applied = registration.interest
            } catch {
                execute { [weak self] in self?.registrations[token]?.handler(.lost) }
            }
        }
    }

    private func waitAndDispatch() {
        // What a turn had no time for comes first in the next: whoever takes long does not keep the same ones waiting.
        if nextEvent == events.count {
            events.removeAll(keepingCapacity: true)
            nextEvent = 0
            let wait =
                timers.nextDueAt.map { min(max($0 - now, .zero), Self.longestSleep) } ?? Self.longestSleep
            poller.wait(milliseconds: inbox.isEmpty ? wait.pollMilliseconds : 0, into: &events)
        }
        let start = events.count > 1 ? now : .zero
        while nextEvent < events.count {
            nextEvent += 1
            dispatch(events[nextEvent - 1])
            if events.count > 1, now - start >= Self.longestDispatch { return }
        }
    }

    private func dispatch(_ event: PollerEvent) {
        if event.token == Self.wakeUpToken { return wakeUp.drain() }
        guard let registration = registrations[event.token] else { return }
        // What is no longer waited for is not told.
        let readiness = event.readiness.intersection(registration.interest)
        if !readiness.isEmpty { registration.handler(readiness) }
    }
}

/// Tasks can run on the loop's thread, where they reach a connection without a change of threads:
/// `withTaskExecutorPreference(loop) { … }`. They must not block.
extension EventLoop: TaskExecutor {
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        settle { [self] isOnLoop in
            let executor = asUnownedTaskExecutor()
            if isOnLoop { return job.runSynchronously(on: executor) }
            // A task has to end even when its loop did: what it asks of the loop fails.
            Thread.detachNewThread { job.runSynchronously(on: executor) }
        }
    }
}

extension Duration {
    /// For the poller: rounded up, so that a timer is due when the wait ends.
    fileprivate var pollMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        return Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
