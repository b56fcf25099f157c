package import Bridge
import Foundation
package import Ports

/// The service in memory: the test plays it by hand.
package final class ScriptedService: WebSocketPort {
    package final class Connection: WebSocketPortConnection {
        private let onSignal: (WebSocketSignal) -> Void
        private let service: ScriptedService
        package private(set) var sent: [[String: Any]] = []
        package private(set) var pings: [[UInt8]] = []
        package private(set) var probes: [Duration] = []
        package private(set) var isClosing = false
        package private(set) var isAborted = false

        init(_ onSignal: @escaping (WebSocketSignal) -> Void, _ service: ScriptedService) {
            (self.onSignal, self.service) = (onSignal, service)
        }

        package func send(_ text: [UInt8]) {
            sent.append((try? JSONSerialization.jsonObject(with: Data(text))) as? [String: Any] ?? [:])
            if service.endsOnSend { end() }
        }
        package func ping(_ payload: [UInt8]) { pings.append(payload) }
        package func probe(within limit: Duration) { probes.append(limit) }
        package func close() { isClosing = true }
        package func abort() { isAborted = true }
        package var roundTrip: Duration?

        package func signal(_ signal: WebSocketSignal) { onSignal(signal) }
        package func receive(_ json: String) { onSignal(.text(Array(json.utf8))) }
        package func answerPings() { for ping in pings { onSignal(.pong(ping)) } }
        package func end(code: UInt16? = nil, retryAfterSeconds: Int? = nil) {
            onSignal(
                .ended(
                    WebSocketPortEnding(closeCode: code, retryAfterSeconds: retryAfterSeconds, reason: "test")
                ))
        }

        /// Opens and logs in.
        package func logIn() {
            onSignal(.opened)
            receive(#"{"type":"auth_ok"}"#)
        }

        package func texts(_ type: String) -> [String] {
            sent.filter { $0["type"] as? String == type }.compactMap { $0["text"] as? String }
        }
    }

    package private(set) var connections: [Connection] = []

    /// Whether a connection ends inside the next send, as a reset one does.
    package var endsOnSend = false

    package init() {}

    package var current: Connection { connections[connections.count - 1] }

    package func open(_ onSignal: @escaping (WebSocketSignal) -> Void) -> any WebSocketPortConnection {
        let connection = Connection(onSignal, self)
        connections.append(connection)
        return connection
    }
}
