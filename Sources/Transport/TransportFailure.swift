import Foundation
package import Wire

/// Everything that can go wrong between a descriptor and a message: the operation and its cause.
package enum TransportFailure: Error, Equatable, Sendable {
    package enum Operation: String, Sendable {
        case resolve = "looking up the name"
        case connect = "connecting"
        case proxy = "asking the proxy"
        case tlsHandshake = "the TLS handshake"
        case webSocketHandshake = "the WebSocket handshake"
        case listen = "listening"
        case watch = "watching a descriptor"
        case read = "reading"
        case write = "writing"
        case response = "waiting for the answer"
        case pong = "waiting for a pong"
        case close = "waiting for the other side to close"
    }

    case badURL(String, URLFault)
    case unknownHost(String, reason: String)
    case system(Operation, code: Int32)
    case timedOut(Operation)
    /// The value of HTTPS_PROXY, or what may be shown of it.
    case badProxy(String)
    case proxyRefused(status: Int)
    case tls(TLSFault)
    /// The trust store, a certificate file or a host name is not usable.
    case tlsSetUp(String)
    case http(HTTPFault)
    case webSocket(WebSocketFault)
    /// The peer closed its side in the middle of this.
    case ended(Operation)
    case tooManyRedirects
    /// More than this many bytes wait to be written.
    case queueFull(limitBytes: Int)
    /// Given up by our own side.
    case cancelled

    /// Whether this machine has no network, as far as this tells: no name was resolved, or there is no route.
    package var hasNoNetwork: Bool {
        switch self {
        case .unknownHost, .timedOut(.resolve): true
        case .system(.connect, let code): [ENETUNREACH, ENETDOWN, EHOSTUNREACH].contains(code)
        default: false
        }
    }

    /// Whether this process, or the whole machine, has as many files and connections open as it may.
    package var hasTooManyOpenFiles: Bool {
        if case .system(_, let code) = self { code == EMFILE || code == ENFILE } else { false }
    }

    package var summary: String {
        switch self {
        // It may hold a password.
        case .badURL(let text, let fault):
            "cannot use \(text.contains("@") ? "the URL" : text): \(fault.summary)"
        case .unknownHost(let host, let reason): "\(host) was not found: \(reason)"
        case .system(let operation, let code): "\(operation.rawValue) failed: \(SystemCall.text(code))"
        case .timedOut(let operation): "\(operation.rawValue) took too long"
        case .badProxy(let value):
            "HTTPS_PROXY: \(value) is not an http proxy; write it like http://proxy.example:3128"
        case .proxyRefused(let status): "the proxy refused with HTTP \(status)"
        case .tls(let fault): fault.summary
        case .tlsSetUp(let reason): "TLS cannot be set up: \(reason)"
        case .http(let fault): "the answer is not acceptable HTTP: \(fault.summary)"
        case .webSocket(let fault): fault.summary
        case .ended(let operation): "the connection ended while \(operation.rawValue)"
        case .tooManyRedirects: "too many redirects"
        case .queueFull(let limit): "more than \(limit) bytes wait to be sent"
        case .cancelled: "cancelled"
        }
    }
}
