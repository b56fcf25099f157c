import ClawdTalkAPI
import Foundation
import JSON5
import OpenClaw
import Storage

/// Setup from the first question to the doctor's table. All questions come before the first write.
struct Setup {
    let options: SetupOptions
    let settings: CommandSettings
    let prompter: Prompter
    /// The moment as a part of file names.
    let stamp: String
    var report: SetupReport
    /// One setup writes at a time.
    var lock: FileLock?

    init(_ options: SetupOptions) throws {
        self.options = options
        settings = CommandSettings(config: options.config)
        prompter = Prompter(
            isInteractive: Terminal.isThere && !options.nonInteractive, takesDefaults: options.yes)
        stamp = Date.now.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        report = SetupReport(config: settings.configPath)
    }

    mutating func run() async throws -> ExitStatus {
        say("ClawdTalk setup, \(settings.home.path)\n")
        let openClaw = Result { () throws(ConfigurationFault) in try settings.openClawConfiguration() }
        report.openclaw = (try? openClaw.get())?.path
        _ = try SetupRecord.read(PrivateFile(path: settings.home.setupRecordPath))
        let others = try askAboutOtherClients()
        var skill = try openSkillConfig()
        let answers = try ask(&skill, try? openClaw.get())
        try await askForOwnerNumber(&skill, answers.keyForEnvFile)
        try check(skill)
        let gateway = try planGateway(openClaw, answers)
        if options.dryRun { return try showOnly(skill) }
        try write(skill, answers)
        for client in others { try await stop(client) }
        let status = try await writeGateway(gateway, answers)
        try await finish(status)
        return status
    }

    /// Results go to standard output, unless that carries the JSON document.
    func say(_ line: String) { options.json ? Console.error(line) : Console.out(line) }

    mutating func note(_ line: String) {
        report.notes.append(line)
        say(line)
    }

    // MARK: before the questions

    private mutating func askAboutOtherClients() throws -> [OtherClient] {
        let running = OtherClient.running()
        for client in running { note("A Node client runs: \(client.line).") }
        guard !running.isEmpty else { return [] }
        note("With the same API key, two clients throw each other out.")
        let isMute = !prompter.isInteractive && options.stopOtherClient == nil
        let stops =
            try isMute
            || prompter.confirm(
                "Stop it?", default: false, given: options.stopOtherClient, flags: "--stop-other-client")
        return stops && !isMute ? running : []
    }

    private func stop(_ client: OtherClient) async throws {
        let isGone = await client.stop()
        say(
            isGone ? "Stopped the Node client, process \(client.pid)." : "Process \(client.pid) did not stop."
        )
    }

    private mutating func openSkillConfig() throws -> SkillConfigFile {
        let skill: SkillConfigFile
        do {
            skill = try SkillConfigFile(settings.configPath)
        } catch let fault as StorageFailure {
            throw CommandFailure(.cannotWrite, fault.line)
        }
        if skill.isSetAside {
            let question = "\(settings.configPath) is not a JSON object. Set it aside and begin anew?"
            guard try prompter.confirm(question, default: true, given: nil, flags: "--yes") else {
                throw CommandFailure(.configuration, "\(settings.configPath) is not a JSON object. Mend it.")
            }
        }
        return skill
    }

    /// What was answered must be a configuration that the bridge takes.
    private func check(_ skill: SkillConfigFile) throws {
        let path = settings.configPath
        let loader = settings.loader(ofText: skill.document.text)
        do throws(ConfigurationError) {
            _ = try loader.load()
        } catch {
            // A key that is only missing here may be there when the bridge starts; the doctor says so.
            guard error.place != path || error.key != ConfigurationKey.apiKey.name else { return }
            throw CommandFailure(.usage, "\(error.line) Nothing was changed.")
        }
    }

    private func showOnly(_ skill: SkillConfigFile) throws -> ExitStatus {
        if skill.isChanged {
            say("\(settings.configPath) would change:")
            MaskedDiff.lines(from: skill.original, to: skill.document).forEach { say("  " + $0) }
        }
        say("Nothing was written (--dry-run).")
        if options.json { Console.json(report) }
        return .success
    }
}
