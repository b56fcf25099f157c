import Wire

/// One keep-alive connection of an ``HTTPPool``: one request at a time. Loop only.
final class HTTPChannel {
    typealias Completion = (Result<HTTPResponse, HTTPFailure>) -> Void

    let endpoint: Endpoint
    private let stream: StreamChannel
    private var parser: HTTPMessageParser<HTTPResponseHead>?
    private var completion: Completion?
    private var tap: HTTPBodyTap?
    private var idleTimer: LoopTimer?
    /// What the stream had written before this request.
    private var writtenBefore = 0
    /// Told when the connection is free for another request, and when it is gone.
    private let onIdle: (HTTPChannel) -> Void
    private let onGone: (HTTPChannel) -> Void

    /// How long an unused connection is kept when the server does not say.
    private static let idleTime = Duration.seconds(30)

    init(
        _ endpoint: Endpoint, over stream: StreamChannel, onIdle: @escaping (HTTPChannel) -> Void,
        onGone: @escaping (HTTPChannel) -> Void
    ) {
        (self.endpoint, self.stream, self.onIdle, self.onGone) = (endpoint, stream, onIdle, onGone)
        stream.onBytes = { [weak self] in self?.receive($0) }
        stream.onEnd = { [weak self] in self?.ended($0) }
    }

    func perform(
        _ bytes: [UInt8], method: String, maximumBodyBytes: Int, tap: HTTPBodyTap? = nil,
        completion: @escaping Completion
    ) {
        idleTimer?.cancel()
        parser = .responses(to: method, maximumBodyBytes: maximumBodyBytes)
        (self.completion, self.tap) = (completion, tap)
        writtenBefore = stream.writtenBytes
        stream.write(bytes)
    }

    /// Whether another request may go out: the server has not ended its side, nor sent what nobody asked for. A FIN may lie
    /// in the kernel already, and a request that follows it would be lost without a word.
    var isReusable: Bool { stream.isOpen && stream.isQuiet }

    func close() {
        idleTimer?.cancel()
        completion = nil
        stream.close()
        onGone(self)
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        guard parser != nil else { return close() }  // bytes that nobody asked for: the stream is out of step
        var input = bytes
        do {
            guard let message = try parser?.consume(&input) else { return handOut() }
            finish(HTTPResponse(head: message.head, body: message.body), isClean: input.isEmpty)
        } catch {
            fail(.http(error))
        }
    }

    /// What has come of a body that is read as it comes.
    private func handOut() {
        guard let tap, let head = parser?.head, tap.takes(head), completion != nil else { return }
        let bytes = parser?.takeBody() ?? []
        if !bytes.isEmpty { tap.onBytes(bytes) }
    }

    private func finish(_ response: HTTPResponse, isClean: Bool) {
        var response = response
        if let tap, tap.takes(response.head), completion != nil {
            if !response.body.isEmpty { tap.onBytes(response.body) }
            response.body = []
        }
        // Whoever takes the bytes may have given up meanwhile.
        guard let completion else { return }
        (self.completion, tap, parser) = (nil, nil, nil)
        // An answer that came before its request was written leaves the rest of that in front of the next.
        if isClean, stream.queuedBytes == 0, let time = keepAliveTime(response.head) {
            idleTimer = stream.loop.schedule(after: time) { [weak self] in self?.close() }
            onIdle(self)
        } else {
            close()
        }
        completion(.success(response))
    }

    /// RFC 9112 §9.3: HTTP/1.1 connections stay unless told otherwise. A second is taken off the server's
    /// announced time, so that it does not close just when the next request is on its way.
    private func keepAliveTime(_ head: HTTPResponseHead) -> Duration? {
        guard head.isHTTP11, head.status != 101, !head.fields.hasToken("close", in: "Connection") else {
            return nil
        }
        guard
            head.fields["Content-Length"] != nil || head.fields["Transfer-Encoding"] != nil
                || head.status == 204
        else { return nil }
        let announced = head.fields.listMembers("Keep-Alive").lazy
            .filter { $0.hasPrefix("timeout=") }.compactMap { ASCII.decimal($0.dropFirst(8)) }.first
        guard let announced else { return Self.idleTime }
        return announced > 1 ? .seconds(min(announced - 1, 3600)) : nil
    }

    private func ended(_ error: TransportFailure?) {
        // A body that ends with the connection is whole only after an orderly end.
        if error == nil, completion != nil, let message = try? parser?.consumeEnd() {
            return finish(HTTPResponse(head: message.head, body: message.body), isClean: false)
        }
        fail(error ?? .ended(.response))
    }

    private func fail(_ cause: TransportFailure) {
        let completion = completion
        let mayHaveArrived = stream.writtenBytes > writtenBefore
        close()
        completion?(.failure(HTTPFailure(cause: cause, mayHaveArrived: mayHaveArrived)))
    }
}
