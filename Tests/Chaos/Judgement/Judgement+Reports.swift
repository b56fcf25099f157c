/// The agent is told of each call's end once.
extension Judgement {
    mutating func judgeReports(_ evidence: Evidence) {
        let reports = evidence.questions.filter(\.isReport)
        count("ends of calls", reports.count)
        count("  not known whether told, and said so in the log", evidence.uncertainReports)
        if evidence.untoldReports.count > evidence.uncertainReports {
            complain("the agent was not told of \(evidence.untoldReports)")
        }
    }
}

extension Evidence {
    var untoldReports: [String] {
        questions.filter { $0.isReport && asked[$0.tag] == nil }.map(\.tag)
    }

    /// Of which the bridge cannot find out whether a process before it has told them: they are not told again.
    var uncertainReports: Int { log.map { LogReading($0.text).uncertainReports }.reduce(0, +) }
}
