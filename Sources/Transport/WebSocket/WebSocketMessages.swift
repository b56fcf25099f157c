import Synchronization
package import Wire

/// The messages of a ``WebSocketClient``, in order. Ends after a closing handshake and throws ``WebSocketEnding`` after
/// anything else; both every time it is asked from then on. Several readers share it: each message goes to one of them, in
/// the order in which they began to wait.
///
/// Bounded in bytes: when more than the limit waits to be read, the socket is not read further.
package final class WebSocketMessages: AsyncSequence, Sendable {
    package typealias Element = WebSocketMessage

    private typealias Reader = CheckedContinuation<WebSocketMessage?, any Error>

    private struct State {
        var waiting = FirstInFirstOut<WebSocketMessage>()
        var waitingBytes = 0
        var readers: [(id: UInt64, reader: Reader)] = []
        var ending: WebSocketEnding?
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
    private let lastReader = Atomic<UInt64>(0)
    private let limitBytes: Int
    /// What lives as long as somebody may read.
    private let source: any Sendable
    private let onDemand: @Sendable () -> Void

    /// - Parameters:
    ///   - source: kept as long as this object: where the messages come from.
    ///   - onDemand: called when a full sequence has room again.
    init(limitBytes: Int, source: any Sendable = (), onDemand: @escaping @Sendable () -> Void) {
        (self.limitBytes, self.source, self.onDemand) = (limitBytes, source, onDemand)
    }

    // Readers are resumed outside the lock, always: resuming takes the lock of their task, which is held while its
    // cancellation handler waits for ours.

    /// - Parameter dropsWhenFull: where the peer cannot be pushed back any more.
    /// - Returns: false when it is full now.
    func push(_ message: WebSocketMessage, dropsWhenFull: Bool = false) -> Bool {
        let (reader, hasRoom): (Reader?, Bool) = state.withLock { state in
            if !state.readers.isEmpty { return (state.readers.removeFirst().reader, true) }
            if dropsWhenFull, state.isFull { return (nil, false) }
            state.waiting.append(message)
            state.waitingBytes += Self.cost(of: message)
            state.isFull = state.isFull || state.waitingBytes >= limitBytes
            return (nil, !state.isFull)
        }
        reader?.resume(returning: message)
        return hasRoom
    }

    /// In bytes; an empty message takes memory too.
    private static func cost(of message: WebSocketMessage) -> Int { message.bytes.count + 64 }

    func finish(_ ending: WebSocketEnding) {
        let readers = state.withLock { state in
            state.ending = ending
            defer { state.readers = [] }
            return state.readers
        }
        for entry in readers { Self.end(entry.reader, ending) }
    }

    private static func end(_ reader: Reader, _ ending: WebSocketEnding) {
        if ending.cause == nil { reader.resume(returning: nil) } else { reader.resume(throwing: ending) }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(messages: self) }

    package struct Iterator: AsyncIteratorProtocol {
        let messages: WebSocketMessages
        package mutating func next() async throws -> WebSocketMessage? { try await messages.next() }
    }

    private func next() async throws -> WebSocketMessage? {
        try Task.checkCancellation()
        // What waits already is taken without a continuation.
        if let (message, hasRoom) = state.withLock({ $0.take(limitBytes: limitBytes) }) {
            if hasRoom { onDemand() }
            return message
        }
        let id = lastReader.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reader in
                switch turn(of: reader, id) {
                case .message(let message, let hasRoom):
                    reader.resume(returning: message)
                    if hasRoom { onDemand() }
                case .end(let ending): Self.end(reader, ending)
                case .cancelled: reader.resume(throwing: CancellationError())
                case .waits: break
                }
            }
        } onCancel: {
            let reader = state.withLock { state in
                state.readers.firstIndex { $0.id == id }.map { state.readers.remove(at: $0).reader }
            }
            reader?.resume(throwing: CancellationError())
        }
    }

    private enum Turn {
        /// And whether a full sequence has room again.
        case message(WebSocketMessage, hasRoom: Bool)
        case end(WebSocketEnding)
        case cancelled
        /// It is among the readers now.
        case waits
    }

    private func turn(of reader: Reader, _ id: UInt64) -> Turn {
        state.withLock { state in
            // A cancellation after this finds the reader where it waits.
            if Task.isCancelled { return .cancelled }
            if let (message, hasRoom) = state.take(limitBytes: limitBytes) {
                return .message(message, hasRoom: hasRoom)
            }
            if let ending = state.ending { return .end(ending) }
            state.readers.append((id, reader))
            return .waits
        }
    }
}

/// A queue; taking one does not move the others.
private struct FirstInFirstOut<Element> {
    private var elements: [Element?] = []
    /// Those before it are taken.
    private var first = 0

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard first < elements.count, let element = elements[first] else { return nil }
        elements[first] = nil
        first += 1
        if first == elements.count || first >= Self.longestTakenPrefix {
            elements.removeFirst(first)
            first = 0
        }
        return element
    }

    private static var longestTakenPrefix: Int { 1024 }
}
