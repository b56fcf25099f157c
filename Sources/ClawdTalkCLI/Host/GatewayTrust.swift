import ClawdTalkAPI
import OpenClaw
import Transport

/// Which certificate a gateway may show: the configured fingerprint's, for a gateway on this machine the one in its
/// own configuration, otherwise any that the system trusts.
enum GatewayTrust {
    static func make(_ configuration: SkillConfiguration, _ settings: CommandSettings) -> TLSContext.Trust {
        if let pin = configuration.gatewayFingerprint.flatMap(CertificatePin.init(fingerprint:)) {
            return .pinned(pin)
        }
        guard GatewayTokens.isLocal(configuration.gatewayURL),
            let path = (try? settings.openClawConfiguration())?.endpoint.certificatePath
        else { return .system }
        return .pinned(.file(path))
    }
}
