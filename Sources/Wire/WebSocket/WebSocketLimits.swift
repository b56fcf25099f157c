/// How much a peer may send, in bytes. Beyond them the connection fails with close code 1009; nothing is
/// allocated for a frame that only announces more.
package struct WebSocketLimits: Equatable, Sendable {
    /// The payload of one frame (default 16 MiB).
    package var maximumFrameBytes: Int
    /// The payloads of one message's frames together (default 16 MiB).
    package var maximumMessageBytes: Int
    /// The head of the opening handshake (default 16 KiB); beyond it the handshake fails.
    package var maximumHeadBytes: Int

    package init(
        maximumFrameBytes: Int = 16 << 20, maximumMessageBytes: Int = 16 << 20,
        maximumHeadBytes: Int = 16 << 10
    ) {
        self.maximumFrameBytes = maximumFrameBytes
        self.maximumMessageBytes = maximumMessageBytes
        self.maximumHeadBytes = maximumHeadBytes
    }
}
