/// The version of this program.
enum ClawdTalkVersion {
    static let current = "0.1.0"
}
