import Testing
import Wire

@testable import Transport

@Suite("The messages of a client", .timeLimit(.minutes(1)))
struct WebSocketMessagesTests {
    private func messages(limitBytes: Int = 1 << 20) -> WebSocketMessages {
        WebSocketMessages(limitBytes: limitBytes, onDemand: {})
    }

    @Test("two readers share them: each message goes to one, and none waits for ever")
    func twoReaders() async throws {
        let messages = messages()
        async let first = messages.first { _ in true }
        async let second = messages.first { _ in true }
        _ = messages.push(.binary([1]))
        _ = messages.push(.binary([2]))
        let read = try await [first, second].map { $0?.bytes }
        #expect(Set(read) == [[1], [2]])
    }

    @Test("the end reaches every reader, and each that asks afterwards")
    func end() async throws {
        let messages = messages()
        async let first = messages.first { _ in true }
        async let second = messages.first { _ in true }
        messages.finish(WebSocketEnding(code: .normal))
        let read = try await [first, second]
        #expect(read == [nil, nil])
        #expect(try await messages.first { _ in true } == nil)
    }

    @Test("a reader that is cancelled leaves the next message to another")
    func cancelled() async throws {
        let messages = messages()
        let task = Task { try await messages.first { _ in true } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = messages.push(.binary([1]))
        #expect(try await messages.first { _ in true } == .binary([1]))
    }

    @Test("readers that are cancelled while messages come: nobody waits for the other's lock")
    func cancelledWhilePushed() async throws {
        let messages = messages()
        let pushing = Task.detached {
            while !Task.isCancelled {
                _ = messages.push(.binary([1]), dropsWhenFull: true)
                await Task.yield()
            }
        }
        for _ in 0..<1_000 {
            let reader = Task.detached { try await messages.first { _ in true } }
            reader.cancel()
            _ = try? await reader.value
        }
        pushing.cancel()
        await pushing.value
    }

    @Test("when it is full and the peer cannot be pushed back any more, what comes is dropped")
    func dropped() async throws {
        let messages = messages(limitBytes: 200)
        while messages.push(.binary([1])) {}
        #expect(!messages.push(.binary([2]), dropsWhenFull: true))
        messages.finish(WebSocketEnding(code: .normal))
        let read = try await messages.reduce(into: []) { $0.append($1.bytes) }
        #expect(!read.isEmpty && read.allSatisfy { $0 == [1] })
    }
}
