import Foundation

/// One attempt to reach an endpoint: resolve, connect, tunnel through a proxy where there is one, TLS handshake. Loop
/// only. Calls back once, or never after ``cancel()``.
package final class Dial {
    package typealias Completion = (Result<StreamConnection, TransportError>) -> Void
    /// The proxy for an endpoint.
    package typealias Route = (Endpoint) throws(TransportError) -> Proxy?

    private let loop: EventLoop
    private let endpoint: Endpoint
    private let makeTLS: () throws(TLSFault) -> TLSContext
    private var proxy: Proxy?
    private var completion: Completion?
    private var deadline: LoopTimer?
    private var race: ConnectRace?
    private var answersLeft = 0
    private var failure: String?
    /// Addresses that are not in the race yet.
    private var held: [SocketAddress] = []
    private var tunnel: ProxyTunnel?
    private var watch: LoopWatch?
    private var descriptor: Int32 = -1
    private var stage = TransportError.Operation.resolve

    /// RFC 8305 §3: the addresses of IPv4 wait this long for those of IPv6.
    private static let resolutionDelay = Duration.milliseconds(50)

    /// - Parameters:
    ///   - deadline: for everything together.
    ///   - tls: asked only for a secure endpoint.
    @discardableResult
    package init(
        _ endpoint: Endpoint, on loop: EventLoop, deadline: Duration, route: Route = { _ in nil },
        tls: @escaping () throws(TLSFault) -> TLSContext, completion: @escaping Completion
    ) {
        (self.loop, self.endpoint, makeTLS, self.completion) = (loop, endpoint, tls, completion)
        self.deadline = loop.schedule(after: deadline) { self.fail(.timedOut(self.stage)) }
        do {
            proxy = try route(endpoint)
        } catch {
            // Never inside `init`: the caller does not hold this yet.
            loop.schedule(after: .zero) { self.fail(error) }
            return
        }
        race = ConnectRace(on: loop) { [weak self] in self?.raced($0) }
        answersLeft = Resolver.resolve(
            proxy?.host ?? endpoint.host, port: proxy?.port ?? endpoint.port, on: loop,
            onAnswer: LoopBound({ self.resolved($0) }, on: loop))
    }

    package func cancel() {
        completion = nil
        cleanUp()
    }

    // MARK: addresses

    private func resolved(_ answer: Resolver.Answer) {
        guard completion != nil else { return }
        answersLeft -= 1
        failure = failure ?? answer.failure
        held += answer.addresses
        // Addresses of IPv4 that come first wait a moment for the others.
        if answersLeft > 0, held.allSatisfy({ $0.family == AF_INET }) {
            loop.schedule(after: Self.resolutionDelay) { [weak self] in self?.raceOn() }
        } else {
            raceOn()
        }
    }

    private func raceOn() {
        guard completion != nil else { return }
        if !held.isEmpty { stage = .connect }
        if answersLeft == 0, stage == .resolve {
            return fail(.unknownHost(proxy?.host ?? endpoint.host, reason: failure ?? "no address"))
        }
        let addresses = held
        held = []
        race?.add(addresses, isLast: answersLeft == 0)
    }

    private func raced(_ result: Result<Int32, TransportError>) {
        race = nil
        switch result {
        case .failure(let error): fail(error)
        case .success(let descriptor):
            self.descriptor = descriptor
            let input = SocketInputStream(descriptor: descriptor)
            let output = SocketOutputStream(descriptor: descriptor)
            guard let proxy else { return secure(input, output) }
            stage = .proxy
            tunnel = ProxyTunnel(to: endpoint, through: proxy, descriptor, input, output, on: loop) {
                [weak self] error in
                if let error { self?.fail(error) } else { self?.secure(input, output) }
            }
        }
    }

    // MARK: TLS

    private func secure(_ input: LoopInputStream, _ output: LoopOutputStream) {
        tunnel = nil
        guard endpoint.isSecure else { return succeed(input, output) }
        stage = .tlsHandshake
        do {
            let engine = try TLSEngine(
                context: makeTLS(), role: .client(host: endpoint.host, port: endpoint.port))
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

    // MARK: the end

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

    private func cleanUp() {
        deadline?.cancel()
        race?.cancel()
        tunnel?.cancel()
        (race, tunnel) = (nil, nil)
        unwatch()
        if descriptor >= 0 { _ = close(descriptor) }
        descriptor = -1
    }
}
