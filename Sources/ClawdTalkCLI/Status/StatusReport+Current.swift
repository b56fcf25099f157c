extension StatusReport {
    /// What the bridge of a home says now. A held lock without an answer is a bridge that hangs, not one that is absent.
    /// - Throws: ``CommandFailure`` when that cannot be known, as by another user.
    static func current(_ home: HomeFolder) throws -> StatusReport {
        if let report = ControlClient(home).status() { return report }
        guard case .process(let pid) = try InstanceLock.holder(home.pidPath) else { return .notRunning }
        return StatusReport(state: "not answering", connected: false, pid: pid)
    }

    var exitStatus: ExitStatus { connected ? .success : pid == nil ? .notRunning : .failure }

    /// In seconds: the bridge looks at the gateway every 25 s.
    private static let freshLook = 60.0

    /// Why a health check fails, in one line; nil when all is well.
    var healthProblem: String? {
        guard pid != nil else { return "not running" }
        guard connected else {
            return "not connected: " + ([state] + [problem].compactMap { $0 }).joined(separator: ", ")
        }
        if let late = disk_late_seconds { return "the disk has not finished a write for \(Int(late)) s" }
        guard let checked = gateway_checked_seconds, checked < Self.freshLook else {
            return "the gateway was not looked at within the last minute"
        }
        return gateway_live == true ? nil : "the gateway is not live: \(gateway_problem ?? "no answer")"
    }
}
