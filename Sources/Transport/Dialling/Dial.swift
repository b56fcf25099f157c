import Foundation

/// One attempt to reach an endpoint: resolve, connect, tunnel through a proxy where there is one, TLS handshake. Loop
/// only. Calls back once, or never after ``cancel()``.
package final class Dial {
    package typealias Completion = (Result<StreamChannel, TransportFailure>) -> Void
    /// The proxy for an endpoint.
    package typealias Route = (Endpoint) throws(TransportFailure) -> Proxy?

    private let loop: EventLoop
    private let endpoint: Endpoint
    private let makeTLS: () throws(TransportFailure) -> TLSContext
    private var proxy: Proxy?
    private var completion: Completion?
    private var deadline: LoopTimer?
    private var race: ConnectRace?
    private var answersLeft = 0
    private var failure: String?
    /// Addresses that are not in the race yet.
    private var held: [SocketAddress] = []
    private var tunnel: ProxyTunnel?
    private var handshake: TLSHandshake?
    private var stage = TransportFailure.Operation.resolve

    /// RFC 8305 §3: the addresses of IPv4 wait this long for those of IPv6.
    private static let resolutionDelay = Duration.milliseconds(50)

    /// - Parameters:
    ///   - deadline: for everything together.
    ///   - tls: asked only for a secure endpoint.
    @discardableResult
    package init(
        _ endpoint: Endpoint, on loop: EventLoop, deadline: Duration, route: Route = { _ in nil },
        tls: @escaping () throws(TransportFailure) -> TLSContext, completion: @escaping Completion
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

    private func raced(_ result: Result<Socket, TransportFailure>) {
        race = nil
        switch result {
        case .failure(let error): fail(error)
        case .success(let socket):
            let (input, output) = (SocketInputStream(socket), SocketOutputStream(socket))
            guard let proxy else { return secure(socket, input, output) }
            stage = .proxy
            tunnel = ProxyTunnel(to: endpoint, through: proxy, socket, input, output, on: loop) {
                [weak self] error in
                if let error { self?.fail(error) } else { self?.secure(socket, input, output) }
            }
        }
    }

    // MARK: TLS

    private func secure(_ socket: Socket, _ input: LoopInputStream, _ output: LoopOutputStream) {
        tunnel = nil
        guard endpoint.isSecure else { return succeed(socket, (input, output)) }
        stage = .tlsHandshake
        do throws(TransportFailure) {
            let machine = try TLSMachine(
                context: makeTLS(), role: .client(host: endpoint.host, port: endpoint.port))
            handshake = TLSHandshake(machine, over: socket, input, output, on: loop) { [weak self] result in
                switch result {
                case .success(let streams): self?.succeed(socket, streams)
                case .failure(let error): self?.fail(error)
                }
            }
        } catch {
            fail(error)
        }
    }

    // MARK: the end

    private func succeed(_ socket: Socket, _ streams: TLSHandshake.Streams) {
        finish(
            .success(StreamChannel(loop: loop, socket: socket, input: streams.input, output: streams.output)))
    }

    private func fail(_ error: TransportFailure) { finish(.failure(error)) }

    private func finish(_ result: Result<StreamChannel, TransportFailure>) {
        let completion = completion
        self.completion = nil
        cleanUp()
        completion?(result)
    }

    private func cleanUp() {
        deadline?.cancel()
        race?.cancel()
        (race, tunnel, handshake) = (nil, nil, nil)
    }
}
