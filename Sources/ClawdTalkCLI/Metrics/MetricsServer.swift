import ClawdTalkAPI
import Transport
import Wire

/// Serves GET on one address of this machine: `/metrics` (Prometheus) and `/healthz`. One request a connection. Loop only.
///
/// The well-kept server packages bring URLSession's libraries or an event loop of their own; this one is the transport
/// that is here already.
final class MetricsServer {
    struct Source {
        let metrics: () -> MetricsText
        /// Why a health check fails; nil when all is well.
        let healthProblem: () -> String?
    }

    let address: ListenAddress
    private let loop: EventLoop
    private let source: Source
    private var listener: Listener?
    /// The open connections, each with the timer that ends it.
    private var connections: [ObjectIdentifier: (stream: StreamChannel, deadline: LoopTimer)] = [:]

    private static let mostConnections = 64
    private static let deadline = Duration.seconds(10)

    /// - Throws: ``TransportFailure`` when it cannot listen there.
    init(_ listen: ListenAddress, on loop: EventLoop, source: Source) throws(TransportFailure) {
        (address, self.loop, self.source) = (listen, loop, source)
        let socket = SocketAddress(listen.address, port: Int(listen.port))
        listener = try Listener(socket, on: loop) { [weak self] in self?.accept($0) }
    }

    func close() {
        listener?.close()
        listener = nil
        for id in connections.keys { forget(id) }
    }

    private func accept(_ stream: StreamChannel) {
        guard connections.count < Self.mostConnections else { return stream.close() }
        let id = ObjectIdentifier(stream)
        // Whoever says nothing, or does not read, is not waited for.
        let deadline = loop.schedule(after: Self.deadline) { [weak self] in self?.forget(id) }
        connections[id] = (stream, deadline)
        var parser = HTTPMessageParser<HTTPRequestHead>.requests(maximumBodyBytes: 0)
        stream.onBytes = { [weak self] bytes in
            var input = bytes
            do {
                guard let request = try parser.consume(&input) else { return }
                self?.answer(request.head, on: stream)
            } catch {
                self?.write(400, "this is not an HTTP request that is served here\n", on: stream)
            }
        }
        stream.onEnd = { [weak self] _ in self?.forget(id) }
    }

    private func forget(_ id: ObjectIdentifier) {
        guard let connection = connections.removeValue(forKey: id) else { return }
        connection.deadline.cancel()
        connection.stream.close()
    }

    private func answer(_ head: HTTPRequestHead, on stream: StreamChannel) {
        guard head.method == "GET" || head.method == "HEAD" else {
            return write(405, "only GET and HEAD\n", on: stream)
        }
        let isBodyWanted = head.method == "GET"
        switch head.target.prefix(while: { $0 != "?" }) {
        case "/metrics":
            write(
                200, source.metrics().text, type: "text/plain; version=0.0.4", isBodyWanted: isBodyWanted,
                on: stream)
        case "/healthz":
            let problem = source.healthProblem()
            write(
                problem == nil ? 200 : 503, (problem ?? "healthy") + "\n", isBodyWanted: isBodyWanted,
                on: stream)
        default: write(404, "there are /metrics and /healthz\n", on: stream)
        }
    }

    private func write(
        _ status: Int, _ text: String, type: String = "text/plain", isBodyWanted: Bool = true,
        on stream: StreamChannel
    ) {
        let reasons = [200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"]
        var head = HTTPResponseHead(status: status, reason: reasons[status] ?? "Service Unavailable")
        head.fields["Content-Type"] = type + "; charset=utf-8"
        head.fields["Content-Length"] = String(text.utf8.count)
        head.fields["Connection"] = "close"
        stream.onBytes = nil
        stream.write(head.serialized() + (isBodyWanted ? Array(text.utf8) : []))
        stream.finish()
    }
}
