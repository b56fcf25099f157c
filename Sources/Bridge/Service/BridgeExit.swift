/// Why a bridge stopped by itself.
package enum BridgeExit: Equatable, Sendable {
    /// The service refuses the API key (exit status 77).
    case keyRefused(message: String)
    /// Another client keeps taking over the key (exit status 76).
    case takenOver
}
