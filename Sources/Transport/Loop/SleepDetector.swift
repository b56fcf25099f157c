/// Notices that the machine was suspended: the continuous clock ran on, the suspending clock did not.
struct SleepDetector {
    private var lastContinuous = ContinuousClock.now
    private var lastSuspending = SuspendingClock.now
    private static let threshold = Duration.seconds(3)

    mutating func sleptSinceLastCheck() -> Bool {
        let continuous = ContinuousClock.now
        // Most checks end here: less time went by than a sleep takes.
        guard continuous - lastContinuous > Self.threshold else { return false }
        let suspending = SuspendingClock.now
        defer { (lastContinuous, lastSuspending) = (continuous, suspending) }
        return continuous - lastContinuous - (suspending - lastSuspending) > Self.threshold
    }
}
