import ClawdTalkAPI
import Foundation
import OpenClaw
import Storage

extension Setup {
    /// Writes our own files. From here until openclaw.json is done, Ctrl-C has to wait.
    mutating func write(_ skill: SkillConfigFile, _ answers: SetupAnswers) throws {
        do {
            try settings.home.create()
            lock = try FileLock(settings.home.setupLockPath)
            signal(SIGINT, SIG_IGN)
            if let key = answers.keyForEnvFile { try writeKey(key) }
            report.config_changed = skill.isChanged
            try skill.write(stamp: stamp)
        } catch let fault as StorageFailure {
            throw CommandFailure(.cannotWrite, fault.line)
        }
        say(skill.isChanged ? "Wrote \(settings.configPath)" : "\(settings.configPath) stays as it is")
    }

    private mutating func writeKey(_ key: String) throws {
        let file = PrivateFile(path: settings.home.dotEnvPath)
        let old = try file.read()
        guard let text = String(validating: old?.bytes ?? [], as: UTF8.self) else {
            throw StorageFailure(file.path, .notText)
        }
        try file.write(Array(DotEnv.setting("CLAWDTALK_API_KEY", to: key, in: text).utf8), over: old)
        let record = PrivateFile(path: settings.home.setupRecordPath)
        var entry = try SetupRecord.read(record)
        entry.keyFile = file.path
        try record.encode(entry)
        report.env_file = file.path
        say("Wrote the key to \(file.path)")
    }

    /// The doctor's table, and what to do next.
    mutating func finish(_ status: ExitStatus) async throws {
        lock = nil
        signal(SIGINT, SIG_DFL)
        let doctor = try await Doctor(settings: settings, isOffline: options.offline).examine()
        report.doctor = doctor
        say("")
        doctor.table.forEach(say)
        say("")
        if options.json { Console.json(report) }
        let next = "\(settings.home.command) start"
        if status != .success {
            say("Everything is written but openclaw.json; after that change: \(next)")
        } else if options.offline {
            say("Everything is written; nothing was asked of the network. Next: \(next)")
        } else if doctor.healthy {
            say("Ready. Next: \(next)")
        } else {
            say(
                "Everything is written, but a call would not be answered yet: see the failed rows. Then: \(next)"
            )
        }
    }
}
