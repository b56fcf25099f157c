import Synchronization

/// Awaits one callback from the loop; cancelling the task cancels the work there.
final class LoopFlight<Value: Sendable>: Sendable {
    private enum State {
        case idle
        case waiting(CheckedContinuation<Value, any Error>, cancel: LoopBound<() -> Void>?)
        case finished
    }

    private let loop: EventLoop
    private let state = Mutex(State.idle)

    init(on loop: EventLoop) { self.loop = loop }

    /// Runs `begin` on the loop. It gets a function to call with the result, and returns how to cancel.
    func start(
        _ begin: @escaping @Sendable (@escaping (Result<Value, any Error>) -> Void) -> () -> Void
    ) async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { $0 = .waiting(continuation, cancel: nil) }
                loop.execute { [self] in launch(begin) }
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
        let cancel = LoopBound(begin { self.finish($0) }, on: loop)
        state.withLock {
            if case .waiting(let continuation, nil) = $0 { $0 = .waiting(continuation, cancel: cancel) }
        }
    }

    private func cancel() {
        loop.execute { [self] in
            let cancel: LoopBound<() -> Void>? = state.withLock {
                if case .waiting(_, let cancel) = $0 { cancel } else { nil }
            }
            cancel?.value()
            finish(.failure(TransportError.cancelled))
        }
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
