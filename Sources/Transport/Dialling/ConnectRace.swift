import Foundation

/// Connects to the first of several addresses that answers: a new attempt begins every 250 ms, or when one fails, while
/// the others go on (Happy Eyeballs, RFC 8305 §5). Loop only. Calls back once, or never after ``cancel()``.
final class ConnectRace {
    typealias Completion = (Result<Int32, TransportError>) -> Void

    /// RFC 8305 §8: the recommended delay between attempts.
    static let stagger = Duration.milliseconds(250)

    private let loop: EventLoop
    private var completion: Completion?
    private var waiting: [SocketAddress] = []
    private var watches: [Int32: LoopWatch] = [:]
    private var timer: LoopTimer?
    private var lastError = TransportError.timedOut(.connect)
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
        cleanUp(keeping: nil)
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
        do throws(TransportError) {
            let descriptor = try Socket.open(address.family)
            do throws(TransportError) {
                if try Socket.connect(descriptor, to: address) { return finish(.success(descriptor)) }
            } catch {
                _ = close(descriptor)
                throw error
            }
            watches[descriptor] = loop.watch(descriptor, for: .writable) { [weak self] _ in
                self?.ended(descriptor)
            }
            timer = loop.schedule(after: Self.stagger) { [weak self] in self?.tryNext() }
        } catch {
            lastError = error
            tryNext()
        }
    }

    private func ended(_ descriptor: Int32) {
        let code = SystemCall.pendingError(descriptor)
        guard code != 0 else { return finish(.success(descriptor)) }
        lastError = .system(.connect, code: code)
        if let watch = watches.removeValue(forKey: descriptor) { loop.unwatch(watch) }
        _ = close(descriptor)
        tryNext()
    }

    private func endIfLost() {
        if !isOpen, waiting.isEmpty, watches.isEmpty { finish(.failure(lastError)) }
    }

    private func finish(_ result: Result<Int32, TransportError>) {
        let completion = completion
        self.completion = nil
        cleanUp(keeping: try? result.get())
        completion?(result)
    }

    private func cleanUp(keeping winner: Int32?) {
        timer?.cancel()
        for (descriptor, watch) in watches {
            loop.unwatch(watch)
            if descriptor != winner { _ = close(descriptor) }
        }
        watches = [:]
    }
}
