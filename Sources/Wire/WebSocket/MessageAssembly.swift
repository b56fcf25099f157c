/// Where the reader stands inside frames and fragments.
struct MessageAssembly {
    /// Bytes of a header that is not whole yet (at most 14).
    var headerBytes: [UInt8] = []
    /// The frame whose payload is arriving.
    var frame: FrameHeader?
    var frameReceivedBytes = 0
    /// Payload of a control frame; those come between fragments and have a place of their own.
    var control: [UInt8] = []
    /// The data message so far, over all its fragments.
    var message: [UInt8] = []
    /// The opcode of the message's first frame, nil between messages.
    var messageOpcode: Opcode?
    /// RSV1 of the message's first frame (RFC 7692 §6).
    var isCompressed = false
    var validator = UTF8Validator()
}
