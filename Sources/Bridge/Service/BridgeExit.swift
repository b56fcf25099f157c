/// Why a bridge stopped by itself.
package enum BridgeExit: Equatable, Sendable {
    /// The service refuses an API key that it never took, or has refused one for 10 minutes (exit status 77). The words
    /// are the service's, as the log has them.
    case keyRefused(message: String)
    /// Another client keeps taking over the key (exit status 76).
    case takenOver
}
