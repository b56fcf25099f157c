package import Wire

/// One request of an ``HTTPPool`` on its way. Loop only. Calls back once, or never after ``cancel()``.
package final class HTTPExchange {
    package typealias Completion = (Result<HTTPResponse, HTTPFailure>) -> Void

    private let pool: HTTPPool
    private let maximumBodyBytes: Int
    private var completion: Completion?
    /// For bodies that are read as they come.
    private let makeTap: () -> HTTPBodyTap?
    private var deadline: LoopTimer?
    private let dueAt: Duration
    private var dial: Dial?
    private var connection: HTTPChannel?
    private var redirectsLeft = 3
    private var mayHaveArrived = false
    /// A host that does not answer is known soon, however long the answer itself may take.
    private static let dialDeadline = Duration.seconds(5)
    private static let secrets = ["Authorization", "Cookie", "Proxy-Authorization"]

    init(
        pool: HTTPPool, deadline: Duration, maximumBodyBytes: Int,
        makeTap: @escaping () -> HTTPBodyTap? = { nil }, completion: @escaping Completion
    ) {
        (self.pool, self.maximumBodyBytes, self.completion) = (pool, maximumBodyBytes, completion)
        self.makeTap = makeTap
        dueAt = pool.loop.now + deadline
        // The timer and the dial keep the exchange alive until it is finished.
        self.deadline = pool.loop.schedule(after: deadline) { [self] in
            finish(.failure(HTTPFailure(cause: .timedOut(.response), mayHaveArrived: mayHaveArrived)))
        }
    }

    /// Gives up; the connection is closed, because an answer may still be on its way on it.
    package func cancel() {
        completion = nil
        cleanUp()
    }

    func start(_ request: HTTPRequest) {
        let target: RequestTarget
        do {
            target = try pool.target(of: request.url)
        } catch {
            return finish(.failure(HTTPFailure(cause: error, mayHaveArrived: false)))
        }
        if let idle = pool.takeIdle(target.endpoint) { return perform(request, target, on: idle) }
        dial = pool.dial(target.endpoint, deadline: min(Self.dialDeadline, dueAt - pool.loop.now)) {
            [self] result in
            dial = nil
            switch result {
            case .success(let connection): perform(request, target, on: connection)
            case .failure(let error): finish(.failure(HTTPFailure(cause: error, mayHaveArrived: false)))
            }
        }
    }

    private func perform(_ request: HTTPRequest, _ target: RequestTarget, on connection: HTTPChannel) {
        self.connection = connection
        mayHaveArrived = true
        let bytes = Self.serialized(request, target)
        connection.perform(
            bytes, method: request.method, maximumBodyBytes: maximumBodyBytes, tap: makeTap()
        ) { [self] result in
            self.connection = nil
            if case .success(let response) = result, let next = redirect(request, target, response) {
                redirectsLeft -= 1
                guard redirectsLeft >= 0 else {
                    return finish(.failure(HTTPFailure(cause: .tooManyRedirects, mayHaveArrived: true)))
                }
                return start(next)
            }
            finish(result)
        }
    }

    private static func serialized(_ request: HTTPRequest, _ target: RequestTarget) -> [UInt8] {
        var head = HTTPRequestHead(method: request.method, target: target.target)
        head.fields.append("Host", target.endpoint.authority)
        for entry in request.fields.entries { head.fields.append(entry.name, entry.value) }
        if !request.body.isEmpty || request.method == "POST" || request.method == "PUT" {
            head.fields.append("Content-Length", String(request.body.count))
        }
        return head.serialized() + request.body
    }

    /// Only GET and HEAD are followed (a POST would change its meaning or be done twice), never from https to
    /// http. A bearer stays with the origin it was given for (RFC 9110 §15.4), and without it the request would be
    /// another one: such a redirect is the answer.
    private func redirect(
        _ request: HTTPRequest, _ from: RequestTarget, _ response: HTTPResponse
    ) -> HTTPRequest? {
        guard [301, 302, 303, 307, 308].contains(response.status), ["GET", "HEAD"].contains(request.method),
            let location = response.head.fields["Location"],
            let url = RequestTarget.resolve(location, against: request.url), let to = try? RequestTarget(url),
            to.endpoint.isSecure || !from.endpoint.isSecure,
            to.endpoint == from.endpoint || !Self.secrets.contains(where: { request.fields[$0] != nil })
        else { return nil }
        var next = request
        next.url = url
        return next
    }

    private func finish(_ result: Result<HTTPResponse, HTTPFailure>) {
        let completion = completion
        self.completion = nil
        cleanUp()
        completion?(result)
    }

    private func cleanUp() {
        deadline?.cancel()
        dial?.cancel()
        connection?.close()
        (dial, connection) = (nil, nil)
    }
}

/// A request that got no response: why, and whether the server may have received any of it.
package struct HTTPFailure: Error, Equatable, Sendable {
    package let cause: TransportFailure
    /// False only when no byte of the request was handed to the kernel, so that repeating it cannot do things
    /// twice.
    package let mayHaveArrived: Bool

    package init(cause: TransportFailure, mayHaveArrived: Bool) {
        self.cause = cause
        self.mayHaveArrived = mayHaveArrived
    }
}

/// Takes a response's body as it comes, where its head promises something to read that way.
final class HTTPBodyTap {
    typealias OnHead = (HTTPResponseHead) -> Bool
    typealias OnBytes = ([UInt8]) -> Void

    private let onHead: OnHead
    let onBytes: OnBytes
    private var answer: Bool?

    init(onHead: @escaping OnHead, onBytes: @escaping OnBytes) {
        (self.onHead, self.onBytes) = (onHead, onBytes)
    }

    /// Asked once; a body that is not taken comes whole with the response.
    func takes(_ head: HTTPResponseHead) -> Bool {
        if let answer { return answer }
        let answer = onHead(head)
        self.answer = answer
        return answer
    }
}
