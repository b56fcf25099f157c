import Logging

/// What the command line and the environment ask of ``Supervisor``.
struct SupervisorOptions: Sendable {
    /// Whether it stays, without a bridge, instead of ending with 76, 77 or 78: where a restart policy would start it
    /// again at once, whatever its status.
    var stays = false
    /// In place of the configured one.
    var logLevel: Logger.Level?
}
