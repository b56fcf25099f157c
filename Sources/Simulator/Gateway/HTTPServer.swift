import Transport
import Wire

/// A small HTTP/1.1 server on a loop, for stand-ins.
final class HTTPServer {
    /// How a handler answers.
    enum Reply {
        case response(HTTPResponse)
        /// The head and a part of the body, then the end.
        case cut(HTTPResponse)
        /// The end, without a word.
        case drop
        /// An event stream; what is given writes it.
        case stream((StreamedReply) -> Void)
    }

    typealias Handler = (HTTPRequestHead, [UInt8], _ answer: @escaping (Reply) -> Void) -> Void

    private let loop: EventLoop
    private let handler: Handler
    private var listener: Listener?
    private var streams: [ObjectIdentifier: StreamChannel] = [:]
    private var replies: [ObjectIdentifier: StreamedReply] = [:]

    init(on loop: EventLoop, handler: @escaping Handler) {
        (self.loop, self.handler) = (loop, handler)
    }

    /// - Returns: the port.
    func listen(port: Int) throws -> Int {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: port) else { return 0 }
        let listener = try Listener(address, on: loop) { [weak self] in self?.accept($0) }
        self.listener = listener
        return listener.port
    }

    func close() {
        listener?.close()
        listener = nil
        streams.values.forEach { $0.close() }
        (streams, replies) = ([:], [:])
    }

    /// Serves a connection that came from elsewhere.
    func accept(_ stream: StreamChannel) {
        streams[ObjectIdentifier(stream)] = stream
        var parser = HTTPMessageParser<HTTPRequestHead>.requests(maximumBodyBytes: 2 << 20)
        stream.onBytes = { [weak self] bytes in
            var input = bytes
            do {
                while let request = try parser.consume(&input) {
                    self?.serve(request.head, request.body, on: stream)
                }
            } catch {
                self?.write(
                    HTTPResponse(head: HTTPResponseHead(status: 413, reason: "Payload Too Large")), on: stream
                )
                stream.finish()
            }
        }
        stream.onEnd = { [weak self, weak stream] _ in
            guard let self, let stream else { return }
            streams[ObjectIdentifier(stream)] = nil
            replies.removeValue(forKey: ObjectIdentifier(stream))?.connectionEnded()
        }
    }

    private func serve(_ head: HTTPRequestHead, _ body: [UInt8], on stream: StreamChannel) {
        handler(head, body) { [weak self, weak stream] reply in
            guard let stream, stream.isOpen else { return }
            switch reply {
            case .response(let response): self?.write(response, on: stream)
            case .cut(let response):
                self?.write(response, on: stream, truncating: true)
                stream.finish()
            case .drop: stream.close()
            case .stream(let write):
                let reply = StreamedReply(on: stream)
                self?.replies[ObjectIdentifier(stream)] = reply
                write(reply)
            }
        }
    }

    private func write(_ response: HTTPResponse, on stream: StreamChannel, truncating: Bool = false) {
        var head = response.head
        head.fields["Content-Length"] = String(response.body.count)
        head.fields["Keep-Alive"] = "timeout=5"
        stream.write(
            head.serialized()
                + (truncating ? response.body.prefix(response.body.count / 2) : response.body[...]))
    }
}
