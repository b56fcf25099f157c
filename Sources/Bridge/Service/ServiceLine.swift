package import ClawdTalkAPI
package import Logging
package import Ports

/// The line to the service: connect, authenticate, notice that it is gone, connect again.
package final class ServiceLine {
    package enum State: String, Sendable {
        case stopped
        case connecting
        case authenticating
        case ready
        /// Between two tries.
        case waiting
    }

    private let connector: any WebSocketPort
    private let time: any Timekeeper
    private let random: () -> Double
    /// The first message on every connection; a change counts from the next login on. Another key in the place of one
    /// that was refused is tried at once.
    package var authentication: ClientMessage {
        didSet { if key != Self.key(in: oldValue) { keyChanged() } }
    }
    private let log: Logger
    private var connection: (any WebSocketPortConnection)?
    private var timer: (any Cancellable)?
    private var backoff = Backoff()
    private var refusals = KeyRefusals()
    /// The service refused the key, which is tried again later.
    private var isKeyRefused = false
    private var onStopped: (() -> Void)?

    package private(set) var state = State.stopped
    /// When the present state began.
    package private(set) var stateBegan = Duration.zero
    /// Whether a telephone for approvals is paired, by the last login; nil when the service does not say.
    package private(set) var hasDevices: Bool?
    package private(set) var outages = Outages()
    private var logins = 0
    package var reconnects: Int { max(0, logins - 1) }
    /// Counts connections: what was written on one says nothing about another.
    package private(set) var connectionNumber = 0

    package var hasLiveCall: () -> Bool = { false }
    package var onReady: () -> Void = {}
    package var onEvent: (ServerEvent) -> Void = { _ in }
    package var onPong: ([UInt8]) -> Void = { _ in }
    package var onExit: (BridgeExit) -> Void = { _ in }

    private static let authenticationDeadline = Duration.seconds(10)
    private static let closeDeadline = Duration.seconds(3)
    /// In seconds, after a login that met the service's rate limit.
    private static let rateLimitPause = 30
    private static let probeAfterSleep = Duration.seconds(3)

    /// - Parameters:
    ///   - random: from 0 to 1, for the jitter.
    ///   - authentication: the first message on every connection.
    package init(
        connector: any WebSocketPort, time: any Timekeeper, random: @escaping () -> Double,
        authentication: ClientMessage, log: Logger
    ) {
        (self.connector, self.time, self.random) = (connector, time, random)
        (self.authentication, self.log) = (authentication, log)
    }

    package func start() { connect() }

    /// Closes with 1000 and calls back when the line is down, within 3 s.
    package func stop(_ completion: @escaping () -> Void) {
        timer?.cancel()
        guard let connection, state == .ready || state == .authenticating else {
            self.connection?.abort()
            enter(.stopped)
            return completion()
        }
        onStopped = completion
        enter(.stopped)
        connection.close()
        timer = time.schedule(after: Self.closeDeadline) { [weak self] in self?.finishStop() }
    }

    /// - Parameter payload: of a ping whose pong proves that the service has the message; nil for none.
    /// - Returns: false when there is no authenticated connection to write to.
    @discardableResult
    package func send(_ message: ClientMessage, provenBy payload: [UInt8]? = nil) -> Bool {
        guard state == .ready, let connection else { return false }
        if let payload {
            connection.send(message.encoded, thenPing: payload)
        } else {
            connection.send(message.encoded)
        }
        return true
    }

    /// Of the latest pong on this connection.
    package var roundTrip: Duration? { connection?.roundTrip }

    package func ping(_ payload: [UInt8]) { if state == .ready { connection?.ping(payload) } }

    /// The machine slept: a line that died meanwhile is found in seconds, and no wait goes on.
    package func machineWoke() {
        switch state {
        case .waiting: connect()
        case .ready, .authenticating: connection?.probe(within: Self.probeAfterSleep)
        case .stopped, .connecting: break
        }
    }

    private func enter(_ state: State) {
        self.state = state
        stateBegan = time.now
    }

    private func connect() {
        timer?.cancel()
        connection?.abort()
        connection = nil
        enter(.connecting)
        connectionNumber += 1
        let number = connectionNumber
        connection = connector.open { [weak self] signal in
            // A connection that ended, or was replaced, has nothing more to say.
            guard let self, number == connectionNumber, connection != nil else { return }
            receive(signal)
        }
    }

    private func receive(_ signal: WebSocketSignal) {
        switch signal {
        case .opened: authenticate()
        case .text(let bytes): receive(bytes)
        case .binary(let count): log.warning("ignored a binary frame", metadata: ["bytes": "\(count)"])
        case .pong(let payload): onPong(payload)
        case .ended(let ending): ended(ending)
        }
    }

    private func authenticate() {
        guard state == .connecting else { return }
        enter(.authenticating)
        timer = time.schedule(after: Self.authenticationDeadline) { [weak self] in
            guard let self else { return }
            connection?.abort()
            ended(WebSocketPortEnding(reason: "no answer to the login"))
        }
        // Last: a line that is dead already ends inside this call, and that must find the timer set.
        connection?.send(authentication.encoded)
    }

    private func receive(_ bytes: [UInt8]) {
        do {
            switch try ServerEvent(parsing: bytes) {
            case .authenticated(let hasDevices): authenticated(hasDevices)
            case .authenticationFailed(let message): refused(message)
            case let event where state == .ready: onEvent(event)
            default: log.warning("ignored an event before the login was complete")
            }
        } catch {
            log.warning("ignored a frame", metadata: ["fault": "\(error)", "bytes": "\(bytes.count)"])
        }
    }

    private func authenticated(_ hasDevices: Bool?) {
        guard state == .authenticating else { return }
        timer?.cancel()
        enter(.ready)
        backoff.connected(at: time.now)
        refusals.accepted(key)
        isKeyRefused = false
        outages.over(now: time.now)
        self.hasDevices = hasDevices
        logins += 1
        log.notice("connected and authenticated", metadata: ["connection": "\(connectionNumber)"])
        onReady()
    }

    private func refused(_ message: String) {
        guard state == .authenticating else { return }
        let refusal = LoginRefusal(message: message)
        let words = refusal.logText(withoutKey: key)
        log.warning("the service refused the login", metadata: ["words": "\(words)"])
        timer?.cancel()
        guard !refusal.isServiceTrouble else {
            connection?.abort()
            return ended(
                WebSocketPortEnding(
                    retryAfterSeconds: refusal.isRateLimit ? Self.rateLimitPause : nil,
                    reason: "the service could not take the login"))
        }
        switch refusals.refused(key, now: time.now, random: random()) {
        case .giveUp:
            enter(.stopped)
            connection?.close()
            onExit(.keyRefused(message: words))
        case .tryAgain(let delay):
            connection?.abort()
            connection = nil
            isKeyRefused = true
            let ending = WebSocketPortEnding(reason: "the service refuses the API key that it took before")
            outages.lost(ending, wasReady: false, now: time.now)
            wait(delay, after: ending)
        }
    }

    private var key: String { Self.key(in: authentication) }

    private static func key(in message: ClientMessage) -> String {
        if case .authenticate(let key, _, _) = message { key } else { "" }
    }

    private func keyChanged() {
        refusals.interrupted()
        if isKeyRefused, state == .waiting { connect() }
    }

    private func ended(_ ending: WebSocketPortEnding) {
        connection = nil
        timer?.cancel()
        guard state != .stopped else { return finishStop() }
        refusals.interrupted()
        isKeyRefused = false
        outages.lost(ending, wasReady: state == .ready, now: time.now)
        let delay = backoff.delay(after: ending, now: time.now, hasLiveCall: hasLiveCall(), random: random())
        guard let delay else {
            enter(.stopped)
            return onExit(.takenOver)
        }
        wait(delay, after: ending)
    }

    private func wait(_ delay: Duration, after ending: WebSocketPortEnding) {
        enter(.waiting)
        log.notice(
            "connection to the service ended",
            metadata: ["reason": "\(ending.reason)", "next_try_ms": "\(delay.milliseconds)"])
        timer = time.schedule(after: delay) { [weak self] in self?.connect() }
    }

    private func finishStop() {
        timer?.cancel()
        connection?.abort()
        connection = nil
        let completion = onStopped
        onStopped = nil
        completion?()
    }
}
