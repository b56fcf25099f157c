import Foundation
import TestSupport

/// What the program leaves: its files, its log, its processes.
extension Judgement {
    mutating func judgeFiles(in folder: URL) {
        let names = (FileManager.default.subpaths(atPath: folder.path) ?? []).sorted()
        for name in names {
            if name.hasSuffix(".tmp") || name.contains(".damaged") { complain("\(name) was left") }
            guard name.hasSuffix(".json") else { continue }
            let data = FileManager.default.contents(atPath: folder.appending(path: name).path)
            if data.flatMap({ try? JSONSerialization.jsonObject(with: $0) }) == nil {
                complain("\(name) is damaged")
            }
        }
    }

    mutating func judgeLog(_ evidence: Evidence) {
        let secrets = Question.secretWords + [ChaosStage.apiKey, ChaosStage.token, HostileFrame.secret]
        for secret in secrets {
            guard let line = evidence.log.first(where: { $0.text.contains(secret) }) else { continue }
            complain("the log has \"\(secret)\": \(line.text.prefix(200))")
        }
        if let line = evidence.log.first(where: { $0.text.utf8.count > 1_000 }) {
            complain("the log has a line of \(line.text.utf8.count) bytes")
        }
    }

    mutating func judgeExits(_ exits: [BridgeKeeper.Exit], _ log: [BridgeKeeper.LogLine]) {
        for exit in exits where !exit.isExpected || exit.isBySignal && exit.status != SIGKILL {
            let lastWords = log.last { $0.process == exit.process }?.text ?? ""
            complain("process \(exit.process) ended with \(exit.status): \(lastWords.prefix(200))")
        }
        for exit in exits where !exit.isBySignal && exit.isExpected && exit.status != 0 {
            complain("process \(exit.process) was stopped and ended with \(exit.status)")
        }
        count("processes of the bridge", exits.count)
    }

    mutating func judgeSamples(_ before: ProcessSample?, _ after: ProcessSample?) {
        guard let before, let after else { return complain("there is no process to look at") }
        if after.descriptors > before.descriptors {
            complain("\(after.descriptors) descriptors are open, \(before.descriptors) were at the start")
        }
        if after.threads > before.threads {
            complain("\(after.threads) threads, \(before.threads) at the start")
        }
        count("KiB resident at the end", after.residentKiB)
    }
}
