import Synchronization
package import Wire

/// The messages of a ``WebSocketClient``, in order, for one reader. Ends after a closing handshake and throws
/// ``WebSocketEnding`` after anything else.
///
/// Bounded in bytes: when more than the limit waits to be read, the socket is not read further.
package final class WebSocketMessages: AsyncSequence, Sendable {
    package typealias Element = WebSocketMessage

    private struct State {
        var waiting = MessageQueue()
        var waitingBytes = 0
        var reader: CheckedContinuation<WebSocketMessage?, any Error>?
        var ending: Result<Void, WebSocketEnding>?
        var isFull = false

        /// The next message that waits, and whether a full sequence has room again now.
        mutating func take(limitBytes: Int) -> (message: WebSocketMessage, hasRoom: Bool)? {
            guard let message = waiting.popFirst() else { return nil }
            waitingBytes -= WebSocketMessages.cost(of: message)
            guard isFull, waitingBytes <= limitBytes / 2 else { return (message, false) }
            isFull = false
            return (message, true)
        }
    }

    private let state = Mutex(State())
    private let limitBytes: Int
    private let onDemand: @Sendable () -> Void

    /// - Parameter onDemand: called when a full sequence has room again.
    init(limitBytes: Int, onDemand: @escaping @Sendable () -> Void) {
        (self.limitBytes, self.onDemand) = (limitBytes, onDemand)
    }

    /// - Returns: false when it is full now.
    func push(_ message: WebSocketMessage) -> Bool {
        state.withLock { state in
            if let reader = state.reader {
                state.reader = nil
                reader.resume(returning: message)
                return true
            }
            state.waiting.append(message)
            state.waitingBytes += Self.cost(of: message)
            state.isFull = state.isFull || state.waitingBytes >= limitBytes
            return !state.isFull
        }
    }

    /// In bytes; an empty message takes memory too.
    private static func cost(of message: WebSocketMessage) -> Int { message.bytes.count + 64 }

    func finish(_ ending: WebSocketEnding) {
        state.withLock { state in
            state.ending = ending.cause == nil ? .success(()) : .failure(ending)
            if let reader = state.reader { reader.resume(with: Self.result(ending)) }
            state.reader = nil
        }
    }

    private static func result(_ ending: WebSocketEnding) -> Result<WebSocketMessage?, any Error> {
        ending.cause == nil ? .success(nil) : .failure(ending)
    }

    package func makeAsyncIterator() -> Iterator { Iterator(messages: self) }

    package struct Iterator: AsyncIteratorProtocol {
        let messages: WebSocketMessages
        package mutating func next() async throws -> WebSocketMessage? { try await messages.next() }
    }

    private func next() async throws -> WebSocketMessage? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reader in
                let hasRoom = state.withLock { state in
                    if Task.isCancelled {
                        reader.resume(throwing: CancellationError())
                    } else if let (message, hasRoom) = state.take(limitBytes: limitBytes) {
                        reader.resume(returning: message)
                        return hasRoom
                    } else if let ending = state.ending {
                        reader.resume(with: ending.map { nil }.mapError { $0 as any Error })
                    } else {
                        state.reader = reader
                    }
                    return false
                }
                if hasRoom { onDemand() }
            }
        } onCancel: {
            state.withLock { state in
                state.reader?.resume(throwing: CancellationError())
                state.reader = nil
            }
        }
    }
}
