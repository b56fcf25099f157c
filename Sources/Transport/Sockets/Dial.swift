import Foundation

/// One attempt to reach an endpoint: resolve, connect, TLS handshake. Loop only. Calls back once, or never
/// after ``cancel()``.
package final class Dial {
    package typealias Completion = (Result<StreamConnection, TransportError>) -> Void

    private let loop: EventLoop
    private let endpoint: Endpoint
    private let makeTLS: () throws(TLSFault) -> TLSContext
    private var completion: Completion?
    private var deadline: LoopTimer?
    private var attemptDeadline: LoopTimer?
    private var watch: LoopWatch?
    private var descriptor: Int32 = -1
    private var addresses: ArraySlice<SocketAddress> = []
    private var lastError = TransportError.timedOut(.resolve)

    /// The longest wait for one address while others are left.
    private static let perAddress = Duration.seconds(3)

    /// - Parameters:
    ///   - deadline: for everything together.
    ///   - tls: asked only for a secure endpoint.
    @discardableResult
    package init(
        _ endpoint: Endpoint, on loop: EventLoop, deadline: Duration,
        tls: @escaping () throws(TLSFault) -> TLSContext, completion: @escaping Completion
    ) {
        (self.loop, self.endpoint, makeTLS, self.completion) = (loop, endpoint, tls, completion)
        self.deadline = loop.schedule(after: deadline) { self.fail(self.lastTimeout) }
        Resolver.resolve(
            endpoint.host, port: endpoint.port, on: loop,
            completion: LoopBound({ self.resolved($0) }, on: loop))
    }

    package func cancel() {
        completion = nil
        cleanUp()
    }

    private var lastTimeout: TransportError {
        if case .timedOut = lastError { lastError } else { .timedOut(.connect) }
    }

    private func resolved(_ answer: Resolver.Answer) {
        guard completion != nil else { return }
        guard !answer.addresses.isEmpty else {
            return fail(.unknownHost(endpoint.host, reason: answer.failure ?? "no address"))
        }
        addresses = answer.addresses[...]
        connectNext()
    }

    private func connectNext() {
        closeAttempt()
        guard let address = addresses.popFirst() else { return fail(lastError) }
        lastError = .timedOut(.connect)
        do {
            descriptor = try Socket.open(address.family)
            if try Socket.connect(descriptor, to: address) { return connected() }
            watch = loop.watch(descriptor, for: .writable) { _ in self.connectEnded() }
            if !addresses.isEmpty {
                attemptDeadline = loop.schedule(after: Self.perAddress) { self.connectNext() }
            }
        } catch {
            lastError = error
            connectNext()
        }
    }

    private func connectEnded() {
        let code = SystemCall.pendingError(descriptor)
        guard code == 0 else {
            lastError = .system(.connect, code: code)
            return connectNext()
        }
        connected()
    }

    private func connected() {
        attemptDeadline?.cancel()
        unwatch()
        let input = SocketInputStream(descriptor: descriptor)
        let output = SocketOutputStream(descriptor: descriptor)
        guard endpoint.isSecure else { return succeed(input, output) }
        lastError = .timedOut(.tlsHandshake)
        do {
            let engine = try TLSEngine(context: makeTLS(), role: .client(host: endpoint.host))
            input.open()
            output.open()
            let session = TLSSession(
                engine: engine, input: input, output: output, readBuffer: loop.readBuffer)
            watch = loop.watch(descriptor, for: .readable) { _ in self.shakeHands(session) }
            shakeHands(session)
        } catch {
            fail(.tls(error))
        }
    }

    private func shakeHands(_ session: TLSSession) {
        switch session.handshake() {
        case nil: watch?.interest = session.hasUnsentBytes ? [.readable, .writable] : .readable
        case .failure(let error): fail(error)
        case .success: succeed(TLSInputStream(session: session), TLSOutputStream(session: session))
        }
    }

    private func succeed(_ input: LoopInputStream, _ output: LoopOutputStream) {
        unwatch()
        let connection = StreamConnection(loop: loop, descriptor: descriptor, input: input, output: output)
        descriptor = -1
        finish(.success(connection))
    }

    private func fail(_ error: TransportError) { finish(.failure(error)) }

    private func finish(_ result: Result<StreamConnection, TransportError>) {
        let completion = completion
        self.completion = nil
        cleanUp()
        completion?(result)
    }

    private func unwatch() {
        if let watch { loop.unwatch(watch) }
        watch = nil
    }

    private func closeAttempt() {
        attemptDeadline?.cancel()
        unwatch()
        if descriptor >= 0 { _ = close(descriptor) }
        descriptor = -1
    }

    private func cleanUp() {
        deadline?.cancel()
        closeAttempt()
        addresses = []
    }
}
