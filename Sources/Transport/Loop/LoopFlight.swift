import Synchronization

/// Awaits one callback from the loop; cancelling the task cancels the work there, and so does stopping the loop.
final class LoopFlight<Value: Sendable>: Sendable {
    private enum State {
        case idle
        case waiting(CheckedContinuation<Value, any Error>, LoopBound<Running>?)
        case finished
    }

    /// The work on the loop.
    private struct Running {
        let cancel: () -> Void
        let ending: EventLoop.StopHandlerID
    }

    private let loop: EventLoop
    private let state = Mutex(State.idle)

    init(on loop: EventLoop) { self.loop = loop }

    /// Runs `begin` on the loop. It gets a function to call with the result, and returns how to cancel.
    /// - Throws: what `begin` comes to; ``TransportFailure/cancelled`` when the task or the loop ends first.
    func start(
        _ begin: @escaping @Sendable (@escaping (Result<Value, any Error>) -> Void) -> () -> Void
    ) async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { $0 = .waiting(continuation, nil) }
                loop.settle { isOnLoop in
                    if isOnLoop {
                        self.launch(begin)
                    } else {
                        self.finish(.failure(TransportFailure.cancelled))
                    }
                }
                // A cancellation that came before there was anything to cancel.
                if Task.isCancelled { cancel() }
            }
        } onCancel: {
            cancel()
        }
    }

    private func launch(_ begin: (@escaping (Result<Value, any Error>) -> Void) -> () -> Void) {
        let isWaiting = state.withLock { if case .waiting = $0 { true } else { false } }
        guard isWaiting else { return }
        let ending = loop.onStop { self.cancelHere() }
        let cancel = begin {
            self.loop.forgetStopHandler(ending)
            self.finish($0)
        }
        let running = LoopBound(Running(cancel: cancel, ending: ending), on: loop)
        state.withLock {
            if case .waiting(let continuation, nil) = $0 { $0 = .waiting(continuation, running) }
        }
    }

    private func cancel() { loop.execute { self.cancelHere() } }

    private func cancelHere() {
        let running: LoopBound<Running>? = state.withLock {
            if case .waiting(_, let running) = $0 { running } else { nil }
        }
        if let running {
            loop.forgetStopHandler(running.value.ending)
            running.value.cancel()
        }
        finish(.failure(TransportFailure.cancelled))
    }

    private func finish(_ result: Result<Value, any Error>) {
        let continuation: CheckedContinuation<Value, any Error>? = state.withLock {
            guard case .waiting(let continuation, _) = $0 else { return nil }
            $0 = .finished
            return continuation
        }
        continuation?.resume(with: result)
    }
}
