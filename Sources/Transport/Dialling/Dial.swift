import Foundation
import Wire

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
    private var lookup: Resolver.Interest?
    private var order = AddressOrder(answerCount: 1)
    private var tunnel: ProxyTunnel?
    private var handshake: TLSHandshake?
    private var stage = TransportFailure.Operation.resolve

    /// - Parameters:
    ///   - deadline: for everything together.
    ///   - resolver: one for the whole process, or what a test decides.
    ///   - tls: asked only for a secure endpoint.
    @discardableResult
    package init(
        _ endpoint: Endpoint, on loop: EventLoop, deadline: Duration, route: Route = { _ in nil },
        resolver: Resolver = .system, tls: @escaping () throws(TransportFailure) -> TLSContext,
        completion: @escaping Completion
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
        // Weak: a lookup that hangs must not keep a dial that was given up. The deadline's timer holds it until then.
        let lookup = resolver.resolve(
            nextHost, port: proxy?.port ?? endpoint.port, on: loop,
            onAnswer: LoopBound(
                { [weak self] answer in self.map { $0.take($0.order.answered(answer)) } }, on: loop))
        order = AddressOrder(answerCount: lookup.answerCount)
        self.lookup = lookup
    }

    package func cancel() {
        completion = nil
        cleanUp()
    }

    // MARK: addresses

    /// What is looked up and connected to.
    private var nextHost: HostName { proxy?.host ?? endpoint.host }

    private func take(_ step: AddressOrder.Step) {
        // Without a race there is a connection already.
        guard completion != nil, let race else { return }
        switch step {
        case .wait: break
        case .startDelay:
            loop.schedule(after: AddressOrder.resolutionDelay) { [weak self] in
                self.map { $0.take($0.order.delayEnded()) }
            }
        case .race(let addresses, let isLast):
            if !addresses.isEmpty { stage = .connect }
            race.add(addresses, isLast: isLast)
        case .failed(let reason): fail(.unknownHost("\(nextHost)", reason: reason))
        }
    }

    private func raced(_ result: Result<Socket, TransportFailure>) {
        lookup?.cancel()
        (lookup, race) = (nil, nil)
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
                context: makeTLS(), role: .client(host: endpoint.host.serverName, port: endpoint.port))
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
        lookup?.cancel()
        race?.cancel()
        (lookup, race, tunnel, handshake) = (nil, nil, nil, nil)
    }
}
