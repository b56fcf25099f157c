import Wire

/// Messages in order; taking one does not move the others.
struct MessageQueue {
    private var messages: [WebSocketMessage] = []
    /// Those before it are taken.
    private var first = 0

    mutating func append(_ message: WebSocketMessage) { messages.append(message) }

    mutating func popFirst() -> WebSocketMessage? {
        guard first < messages.count else { return nil }
        let message = messages[first]
        messages[first] = .binary([])
        first += 1
        if first == messages.count || first >= Self.longestTakenPrefix {
            messages.removeFirst(first)
            first = 0
        }
        return message
    }

    private static let longestTakenPrefix = 1024
}
