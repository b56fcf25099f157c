import ClawdTalkAPI
import JSON5
import Transport

extension Setup {
    /// Proposes the number that the service has for the account. Without a proposal nothing is asked: few need the key.
    func askForOwnerNumber(_ skill: inout SkillConfigFile, _ keyForEnvFile: String?) async throws {
        let given = options.ownerNumber
        let mayPropose = prompter.isInteractive || prompter.takesDefaults
        let known = skill[.ownerNumber]
        let isWanted = given == nil && known == nil && mayPropose && !options.offline
        let proposed = isWanted ? await accountNumber(skill, keyForEnvFile) : nil
        guard given != nil || proposed != nil else { return }
        let answer = try prompter.text(
            "Your telephone number, for answers after you hang up (- for none)", default: proposed,
            given: given)
        try keep(answer == "-" ? nil : answer, as: .ownerNumber, in: &skill, given: given)
    }

    /// nil when the service cannot be asked or does not tell: that is no reason to fail.
    private func accountNumber(_ skill: SkillConfigFile, _ keyForEnvFile: String?) async -> String? {
        var settings = settings
        settings.toleratesMissingKey = true
        guard let configuration = try? settings.loader(ofText: skill.document.text).load(),
            let network = try? await Network(gatewayTrust: .system)
        else { return nil }
        let key = keyForEnvFile ?? configuration.apiKey
        guard !key.isEmpty else { return nil }
        let request = AccountNumber.request(ServiceREST(baseURL: configuration.restURL, apiKey: key))
        guard case .response(let response) = await network.service(request) else { return nil }
        return AccountNumber.number(in: response)
    }
}
