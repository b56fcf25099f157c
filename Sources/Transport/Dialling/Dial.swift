import Foundation
import Wire

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
    private var lookup: Resolver.Interest?
    private var order = AddressOrder(answerCount: 1)
    private var tunnel: ProxyTunnel?
    private var watch: LoopWatch?
    private var descriptor: Int32 = -1
    private var stage = TransportError.Operation.resolve

    /// - Parameters:
    ///   - deadline: for everything together.
    ///   - resolver: one for the whole process, or what a test decides.
    ///   - tls: asked only for a secure endpoint.
    @discardableResult
    package init(
        _ endpoint: Endpoint, on loop: EventLoop, deadline: Duration, route: Route = { _ in nil },
        resolver: Resolver = .system, tls: @escaping () throws(TLSFault) -> TLSContext,
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

    private func raced(_ result: Result<Int32, TransportError>) {
        lookup?.cancel()
        (lookup, race) = (nil, nil)
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
                context: makeTLS(), role: .client(host: endpoint.host.serverName, port: endpoint.port))
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
        lookup?.cancel()
        race?.cancel()
        tunnel?.cancel()
        (lookup, race, tunnel) = (nil, nil, nil)
        unwatch()
        if descriptor >= 0 { _ = close(descriptor) }
        descriptor = -1
    }
}
