/// Whether `sessions_history` is worth asking for. A gateway that is reloading its policy refuses it for a moment, so no
/// refusal is for good.
struct HistoryAccess {
    private var wasRead = false
    /// Of the refusals since the history was last read.
    private var refusals: (first: Duration, last: Duration)?

    /// After a refusal it is asked for again when so much time has passed.
    private static let pause = Duration.seconds(30)
    /// A history that was read before is asked for on, for so long.
    private static let reloadTime = Duration.seconds(15)

    func isWorthTrying(now: Duration) -> Bool {
        guard let refusals else { return true }
        return wasRead && now - refusals.first < Self.reloadTime || now - refusals.last >= Self.pause
    }

    /// - Returns: whether it is the first refusal since the history was read.
    mutating func refused(now: Duration) -> Bool {
        defer { refusals = (refusals?.first ?? now, now) }
        return refusals == nil
    }

    /// - Returns: whether it was refused before.
    mutating func read() -> Bool {
        defer { (wasRead, refusals) = (true, nil) }
        return refusals != nil
    }
}
