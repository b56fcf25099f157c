import Transport
import Wire

/// An event stream that a server writes as it comes, chunked.
final class StreamedReply {
    private weak var stream: StreamChannel?
    private var isOver = false
    /// A text that is being written piece by piece, and those that wait for its end.
    private var isWriting = false
    private var waiting: [() -> Void] = []
    /// The client closed it before its end.
    var onClosed: () -> Void = {}

    init(on stream: StreamChannel) {
        self.stream = stream
        var head = HTTPResponseHead(status: 200, reason: "OK")
        head.fields = HTTPFields([
            ("Content-Type", "text/event-stream; charset=utf-8"), ("Transfer-Encoding", "chunked"),
        ])
        stream.write(head.serialized())
    }

    /// Runs what writes a text once the one before it is written; it calls back when it is done.
    func inTurn(_ write: @escaping (_ done: @escaping () -> Void) -> Void) {
        guard !isWriting else { return waiting.append { [unowned self] in inTurn(write) } }
        isWriting = true
        write { [self] in
            isWriting = false
            if !waiting.isEmpty { waiting.removeFirst()() }
        }
    }

    func send(_ bytes: [UInt8]) {
        guard !isOver else { return }
        stream?.write(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8))
    }

    func end(_ bytes: [UInt8]) {
        send(bytes)
        isOver = true
        stream?.write(Array("0\r\n\r\n".utf8))
    }

    /// The connection breaks.
    func cut() {
        isOver = true
        stream?.finish()
    }

    func connectionEnded() {
        guard !isOver else { return }
        isOver = true
        onClosed()
    }
}
