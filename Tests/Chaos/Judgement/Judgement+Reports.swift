/// The agent is told of each call's end once.
extension Judgement {
    mutating func judgeReports(_ evidence: Evidence) {
        let reports = evidence.questions.filter(\.isReport)
        count("ends of calls", reports.count)
        for report in reports where evidence.asked[report.tag] == nil {
            complain("the agent was not told of \(report.tag)")
        }
    }
}
