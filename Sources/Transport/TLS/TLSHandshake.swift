import Foundation

/// A TLS handshake over a connected socket, either role. Loop only. Calls back once, or never when nobody holds it any
/// more.
final class TLSHandshake {
    typealias Streams = (input: LoopInputStream, output: LoopOutputStream)

    private let loop: EventLoop
    private let channel: TLSChannel
    private var watch: LoopWatch?
    private var completion: ((Result<Streams, TransportFailure>) -> Void)?

    /// - Parameter completion: gets the streams of the plaintext; never called inside `init`.
    init(
        _ machine: TLSMachine, over socket: Socket, _ input: LoopInputStream, _ output: LoopOutputStream,
        on loop: EventLoop, completion: @escaping (Result<Streams, TransportFailure>) -> Void
    ) {
        input.open()
        output.open()
        channel = TLSChannel(machine, input: input, output: output, scratch: loop.scratch)
        (self.loop, self.completion) = (loop, completion)
        // A socket that takes bytes is told of at once: that begins it.
        watch = loop.watch(socket, for: [.readable, .writable]) { [weak self] in self?.ready($0) }
    }

    private func ready(_ readiness: Readiness) {
        if readiness.contains(.lost) { return finish(.failure(loop.lossCause)) }
        proceed()
    }

    private func proceed() {
        guard completion != nil else { return }
        var budget = ReadBudget()
        switch channel.handshake(&budget) {
        case nil:
            // What was read already is told by no poller.
            if channel.hasBufferedBytes { loop.schedule(after: .zero) { [weak self] in self?.proceed() } }
            watch?.interest = channel.hasUnsentBytes ? [.readable, .writable] : .readable
        case .failure(let error): finish(.failure(error))
        case .success: finish(.success((TLSInputStream(channel), TLSOutputStream(channel))))
        }
    }

    private func finish(_ result: Result<Streams, TransportFailure>) {
        let completion = completion
        self.completion = nil
        watch = nil
        completion?(result)
    }
}
