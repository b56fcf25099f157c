package import Wire

/// What a WebSocket connection is made with.
package struct WebSocketSettings: Sendable {
    package var limits = WebSocketLimits()
    package var fields = HTTPFields()
    package var subprotocols: [String] = []
    /// permessage-deflate (RFC 7692).
    package var offersDeflate = true
    /// From the first look-up to the server's 101 (default 10 s).
    package var handshakeDeadline = Duration.seconds(10)
    /// A ping goes out this often; a peer from which nothing at all came between two of them is dead. So a
    /// dead peer is found within twice this time (default 20 s, 40 s).
    package var pingInterval = Duration.seconds(20)
    /// How long the peer may take to answer our Close frame (default 3 s).
    package var closeDeadline = Duration.seconds(3)
    /// Bytes that may wait to be sent before `send` refuses (default 32 MiB).
    package var maximumQueuedBytes = 32 << 20

    package init() {}
}
