/// How a question to the owner ended, in the words that `clawdtalk approval` prints (shared/spec/rest-api.md 8).
enum ApprovalOutcome: String {
    case approved, denied, expired
    /// Nobody decided for as long as was waited.
    case timeout
    /// No telephone was reached.
    case noDevices = "no_devices"

    /// Success is a yes and nothing else.
    var exitStatus: ExitStatus {
        switch self {
        case .approved: .success
        case .denied: .approvalDenied
        case .timeout: .approvalTimedOut
        case .expired: .approvalExpired
        case .noDevices: .noDevice
        }
    }
}
