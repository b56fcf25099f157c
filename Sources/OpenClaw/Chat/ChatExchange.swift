import Wire

/// One streamed turn at the gateway: the request goes out once, finished sentences come back one by one.
///
/// `onEnd` comes once and last, never inside `init`; after ``cancel()`` nothing comes.
final class ChatExchange: Cancellable {
    enum Ending: Equatable {
        /// The run is over. - Parameter rest: what was not given out as a sentence.
        case answered(rest: String?)
        /// The gateway says that the run ended with an error.
        case agentFailed
        /// It may have run: the answer broke off, or is none.
        case broken(String)
        /// Another status than 200.
        case refused(HTTPResponse)
        /// Nothing reached the gateway.
        case notSent(HTTPPortFailure)
    }

    private let time: any Timekeeper
    private let onSaid: (String) -> Void
    private let onEnd: (Ending) -> Void
    private var call: (any Cancellable)?
    private var quiet: (any Cancellable)?
    private var events = ServerSentEvents()
    private var answer = StreamedAnswer()
    private var lastPieceAt: Duration?
    /// The first piece, while it is not certain whose words it has.
    private var held: String?
    private var pieces = 0
    private var isEnded = false
    /// The run said that it is over; the stream's own end follows.
    private var isFinishing = false
    /// The gateway works on it and hears when the stream is closed.
    private(set) var isStreaming = false

    /// A sentence is held back until the next one begins, or for this long.
    private static let quietTime = Duration.milliseconds(700)

    init(
        _ request: HTTPRequest, over http: any HTTPStreamPort, time: any Timekeeper, deadline: Duration,
        onSaid: @escaping (String) -> Void, onEnd: @escaping (Ending) -> Void
    ) {
        (self.time, self.onSaid, self.onEnd) = (time, onSaid, onEnd)
        call = http.stream(
            request, deadline: deadline,
            onHead: { [weak self] in self?.begins($0) ?? false },
            onBytes: { [weak self] in self?.take($0) },
            completion: { [weak self] in self?.completed($0) })
    }

    func cancel() {
        (isEnded, isStreaming) = (true, false)
        quiet?.cancel()
        call?.cancel()
        (quiet, call) = (nil, nil)
    }

    // MARK: the stream

    private func begins(_ head: HTTPResponseHead) -> Bool {
        let type = head.fields["Content-Type"]?.lowercased() ?? ""
        isStreaming = head.status == 200 && type.hasPrefix("text/event-stream")
        return isStreaming
    }

    private func take(_ bytes: [UInt8]) {
        do throws(GatewayError) {
            for data in try events.take(bytes) where !isEnded { take(try ChatChunk(data)) }
        } catch {
            end(.broken("the stream is none of chat completions"))
        }
    }

    private func completed(_ result: Result<HTTPResponse, HTTPPortFailure>) {
        switch result {
        case _ where isFinishing: finish()
        case .failure(let failure):
            end(failure.mayHaveArrived ? .broken(failure.reason) : .notSent(failure))
        case .success(let response) where response.status != 200: end(.refused(response))
        case .success:
            end(.broken(isStreaming ? "the stream ended in the middle" : "the answer is no stream"))
        }
    }

    private func take(_ chunk: ChatChunk) {
        switch chunk {
        case .delta(RunFailureText.internalError, isLast: true), .failed: end(.agentFailed)
        case .delta(let piece, let isLast):
            if !piece.isEmpty { take(piece) }
            isFinishing = isFinishing || isLast
        case .done: finish()
        }
    }

    // MARK: the answer

    private func take(_ piece: String) {
        pieces += 1
        if pieces == 1, RunFailureText.mayBegin(piece) || RunFailureText.meaning(of: piece) != nil {
            held = piece
        } else {
            release()
            let pause = lastPieceAt.map { time.now - $0 } ?? .zero
            say(answer.take(piece, afterPause: pause))
        }
        lastPieceAt = time.now
        quiet?.cancel()
        guard !isEnded else { return }
        quiet = time.schedule(after: Self.quietTime) { [weak self] in
            guard let self else { return }
            release()
            say(answer.quiet())
        }
    }

    private func release() {
        guard let piece = held else { return }
        held = nil
        say(answer.take(piece))
    }

    private func say(_ sentences: [String]) {
        for sentence in sentences where !isEnded { onSaid(sentence) }
    }

    private func finish() {
        switch held.flatMap(RunFailureText.meaning) {
        case .failed: end(.agentFailed)
        case .silent: end(.answered(rest: nil))
        case nil:
            release()
            if !isEnded { end(.answered(rest: answer.end())) }
        }
    }

    private func end(_ ending: Ending) {
        guard !isEnded else { return }
        cancel()
        onEnd(ending)
    }
}
