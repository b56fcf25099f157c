import ClawdTalkAPI
import Foundation

/// The rows about skill-config.json and the key.
struct ConfigurationCheck {
    let settings: CommandSettings

    func rows(_ configuration: SkillConfiguration) -> [DoctorReport.Row] {
        [fileRow(configuration), keyRow(configuration)]
    }

    private func fileRow(_ configuration: SkillConfiguration) -> DoctorReport.Row {
        let path = settings.configPath
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int else {
            return .ok("configuration", "no \(path); everything comes from the environment")
        }
        guard mode & 0o077 == 0 else {
            return .warning(
                "configuration", "\(path) can be read by others (mode \(String(mode & 0o777, radix: 8)))",
                cure: "chmod 600 \(path)")
        }
        let odd = configuration.warnings.first { $0.contains("unknown key") }
        if let odd { return .warning("configuration", odd, cure: "Check its spelling.") }
        let plain = configuration.warnings.first { $0.contains("without TLS") }
        if let plain { return .warning("configuration", plain, cure: "Write https in server.") }
        return .ok("configuration", path)
    }

    /// The key is present here; a missing one has failed before.
    private func keyRow(_ configuration: SkillConfiguration) -> DoctorReport.Row {
        let key = configuration.apiKey
        guard key.hasPrefix("cc_"), key.count >= 8, !key.contains(where: \.isWhitespace) else {
            return .warning(
                "api key", "it does not look like one (\(MaskedSecret.text(key)))",
                cure: "Keys begin with cc_; copy it from the dashboard at clawdtalk.com.")
        }
        return .ok("api key", MaskedSecret.text(key))
    }
}
