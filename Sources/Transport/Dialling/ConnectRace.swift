import Foundation

/// Connects to the first of several addresses that answers: a new attempt begins every 250 ms, or when one fails, while
/// the others continue (Happy Eyeballs, RFC 8305 §5). Loop only. Calls back once, or never when nobody holds it any more.
final class ConnectRace {
    typealias Completion = (Result<Socket, TransportFailure>) -> Void

    /// RFC 8305 §8: the recommended delay between attempts.
    static let stagger = Duration.milliseconds(250)

    private let loop: EventLoop
    private var completion: Completion?
    private var waiting: [SocketAddress] = []
    /// The attempts under way; letting go of one closes its socket.
    private var attempts: [Int: LoopWatch] = [:]
    private var timer: LoopTimer?
    private var lastFailure = TransportFailure.timedOut(.connect)
    private var lastFamily: Int32?
    private(set) var attemptCount = 0
    /// More addresses may come.
    private var isOpen = true

    init(on loop: EventLoop, completion: @escaping Completion) {
        (self.loop, self.completion) = (loop, completion)
    }

    /// Adds addresses; they are tried with the families in turn (RFC 8305 §4).
    /// - Parameter isLast: no more come.
    func add(_ addresses: [SocketAddress], isLast: Bool) {
        waiting += addresses
        if isLast { isOpen = false }
        if timer == nil { tryNext() } else { endIfLost() }
    }

    func cancel() {
        completion = nil
        cleanUp()
    }

    /// A family other than the last one's comes first.
    private func takeNext() -> SocketAddress? {
        guard !waiting.isEmpty else { return nil }
        let index = waiting.firstIndex { $0.family != lastFamily } ?? 0
        lastFamily = waiting[index].family
        attemptCount += 1
        return waiting.remove(at: index)
    }

    private func tryNext() {
        timer?.cancel()
        timer = nil
        guard completion != nil, let address = takeNext() else { return endIfLost() }
        do throws(TransportFailure) {
            let socket = try Socket.open(address.family)
            if try socket.connect(to: address) { return finish(.success(socket)) }
            let id = attemptCount
            attempts[id] = loop.watch(socket, for: .writable) { [weak self] readiness in
                self?.ended(id, socket, isLost: readiness.contains(.lost))
            }
            timer = loop.schedule(after: Self.stagger) { [weak self] in self?.tryNext() }
        } catch {
            lastFailure = error
            tryNext()
        }
    }

    private func ended(_ id: Int, _ socket: Socket, isLost: Bool) {
        attempts[id] = nil
        let failure = isLost ? loop.lossCause : socket.connectFailure
        guard let failure else { return finish(.success(socket)) }
        lastFailure = failure
        tryNext()
    }

    private func endIfLost() {
        if !isOpen, waiting.isEmpty, attempts.isEmpty { finish(.failure(lastFailure)) }
    }

    private func finish(_ result: Result<Socket, TransportFailure>) {
        let completion = completion
        self.completion = nil
        cleanUp()
        completion?(result)
    }

    private func cleanUp() {
        timer?.cancel()
        attempts = [:]
    }
}
