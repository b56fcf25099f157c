import Bridge
import Ports
import Transport
import Wire

/// The loop's WebSocket as the rules know it.
final class LoopWebSocket: WebSocketPort {
    private let loop: EventLoop
    private let url: String
    private let tls: TLSProvider
    private let offersDeflate: Bool

    /// A text over this size is refused with 1009; a question is a few hundred bytes.
    private static let maximumMessageBytes = 8 << 20

    init(url: String, on loop: EventLoop, tls: TLSProvider, offersDeflate: Bool) {
        (self.url, self.loop, self.tls, self.offersDeflate) = (url, loop, tls, offersDeflate)
    }

    func open(_ onSignal: @escaping (WebSocketSignal) -> Void) -> any WebSocketPortConnection {
        var settings = WebSocketSettings()
        settings.limits.maximumFrameBytes = Self.maximumMessageBytes
        settings.limits.maximumMessageBytes = Self.maximumMessageBytes
        settings.offersDeflate = offersDeflate
        return Connection(url, on: loop, tls: tls, settings: settings, onSignal)
    }

    private final class Connection: WebSocketPortConnection {
        private var dial: WebSocketDial?
        private var channel: WebSocketChannel?

        init(
            _ url: String, on loop: EventLoop, tls: TLSProvider, settings: WebSocketSettings,
            _ onSignal: @escaping (WebSocketSignal) -> Void
        ) {
            dial = WebSocketDial(
                url, on: loop, settings: settings, route: ServiceRoute.proxy, tls: tls.context
            ) { [weak self] result in
                guard let self else { return }
                dial = nil
                switch result {
                case .success(let channel): adopt(channel, onSignal)
                case .failure(let ending): onSignal(.ended(WebSocketPortEnding(ending)))
                }
            }
        }

        private func adopt(_ channel: WebSocketChannel, _ onSignal: @escaping (WebSocketSignal) -> Void) {
            self.channel = channel
            channel.onMessage = { isText, payload in
                onSignal(isText ? .text(payload.array) : .binary(byteCount: payload.count))
            }
            channel.onEvent = { event in
                if case .pong(let payload) = event { onSignal(.pong(payload)) }
            }
            channel.onEnd = { onSignal(.ended(WebSocketPortEnding($0))) }
            onSignal(.opened)
        }

        func send(_ text: [UInt8]) { try? channel?.send(.text(text)) }
        func ping(_ payload: [UInt8]) { channel?.ping(payload) }
        func send(_ text: [UInt8], thenPing payload: [UInt8]) {
            guard let channel else { return }
            channel.together {
                // A queue that is full takes no message, and then nothing may prove it.
                guard (try? channel.send(.text(text))) != nil else { return }
                channel.ping(payload)
            }
        }
        func probe(within limit: Duration) { channel?.probe(within: limit) }
        func close() { channel?.close(.normal) }
        var roundTrip: Duration? { channel?.roundTrip }

        func abort() {
            dial?.cancel()
            // Its end is of no interest any more.
            channel?.onEnd = nil
            channel?.cut()
            (dial, channel) = (nil, nil)
        }
    }
}

extension WebSocketPortEnding {
    fileprivate init(_ ending: WebSocketEnding) {
        var retryAfter: Int?
        if case .webSocket(.refused(let status, let seconds)) = ending.cause, status == 429 || status == 503 {
            // 429 without a Retry-After: a minute is what the service's own client announces.
            retryAfter = seconds ?? (status == 429 ? 60 : nil)
        }
        self.init(closeCode: ending.code?.rawValue, retryAfterSeconds: retryAfter, reason: ending.summary)
        hasNoNetwork = ending.cause?.hasNoNetwork ?? false
    }
}
