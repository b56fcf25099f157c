import Transport

/// Makes the client's TLS context when the first secure connection needs it, and once.
final class TLSProvider {
    private let trust: TLSContext.Trust
    private var made: TLSContext?

    init(_ trust: TLSContext.Trust) { self.trust = trust }

    func context() throws(TransportFailure) -> TLSContext {
        if let made { return made }
        let context = try TLSContext(trusting: trust)
        made = context
        return context
    }
}
