/// Each question that reached the bridge has one result, the agent was asked once, and nobody heard another's answer.
extension Judgement {
    mutating func judgeQuestions(_ evidence: Evidence) {
        let questions = evidence.questions.filter(\.hasResult)
        count("questions sent", questions.count)
        count("questions that reached the bridge", questions.count { evidence.received.contains($0.tag) })
        var answered = 0
        var failed = 0
        for question in questions {
            let results = evidence.results[question.tag] ?? []
            results.contains { Question.tag(in: $0.text) != nil || HonestSentence.isRest($0.text) }
                ? (answered += 1) : (failed += results.isEmpty ? 0 : 1)
            judge(question, results, evidence)
        }
        count("  answered", answered)
        count("  failed honestly", failed)
        let sentences = questions.compactMap { evidence.results[$0.tag]?.last?.text }.filter(
            HonestSentence.isOne)
        for (sentence, all) in Dictionary(grouping: sentences, by: { $0 }).sorted(by: { $0.key < $1.key }) {
            count("    \"\(sentence.prefix(44))…\"", all.count)
        }
        count("  undelivered, and said so in the log", evidence.undelivered.count)
        judgeAsking(evidence)
        judgeSpoken(evidence)
        count("second copies over a broken line", copies(evidence) { $0.process == $1.process })
        count("second words after a kill", copies(evidence) { $0.process != $1.process })
    }

    private mutating func judge(_ question: Question, _ results: [Evidence.Result], _ evidence: Evidence) {
        let tag = question.tag
        if results.isEmpty, evidence.received.contains(tag), !evidence.cutShort.contains(tag),
            !evidence.undelivered.contains(tag)
        {
            complain("\(tag) reached the bridge and has no result")
        }
        if !results.isEmpty, !evidence.received.contains(tag) { complain("\(tag) has a result from nowhere") }
        let progress = evidence.progress[tag] ?? []
        for named in progress.compactMap(Question.tag) where named != tag {
            complain("\(tag) heard something of \(named)")
        }
        for result in results {
            let isRest = HonestSentence.isRest(result.text)
            if isRest, !progress.contains(where: { Question.tag(in: $0) == tag }) {
                complain("\(tag) heard the end of an answer without its beginning")
            }
            if let named = isRest ? tag : Question.tag(in: result.text) {
                if named != tag { complain("\(tag) got the answer to \(named)") }
                if evidence.asked[tag] == nil { complain("\(tag) was answered and the agent was not asked") }
            } else if !HonestSentence.isOne(result.text) {
                complain("\(tag) got \"\(result.text.prefix(120))\"")
            } else if HonestSentence.saysNotAsked(result.text), evidence.asked[tag] != nil {
                complain("\(tag) was told \"\(result.text)\", and it was asked")
            }
        }
        judgeCopies(tag, results)
    }

    /// What no pong proves is written once more on the next connection; a process that is gone may have said what the
    /// next one cannot know.
    private mutating func judgeCopies(_ tag: String, _ results: [Evidence.Result]) {
        for (index, result) in results.enumerated() {
            for earlier in results[..<index] {
                let isSame = earlier.text == result.text
                if earlier.connection == result.connection {
                    complain("\(tag) has two results on one connection")
                }
                if earlier.process == result.process, !isSame { complain("\(tag) has two different results") }
                if earlier.process != result.process,
                    [earlier, result].allSatisfy({ Question.tag(in: $0.text) != nil })
                {
                    complain("\(tag) was answered by two processes")
                }
            }
        }
    }

    private func copies(_ evidence: Evidence, where isAlike: (Evidence.Result, Evidence.Result) -> Bool)
        -> Int
    {
        evidence.results.values.reduce(0) { count, results in
            count + zip(results, results.dropFirst()).count { isAlike($0, $1) }
        }
    }

    private mutating func judgeAsking(_ evidence: Evidence) {
        for (tag, times) in evidence.asked.sorted(by: { $0.key < $1.key }) where times > 1 {
            complain("the agent was asked \(tag) \(times) times")
        }
        count("asked of the agent", evidence.asked.count)
    }

    /// Greetings, and answers that came after their result.
    private mutating func judgeSpoken(_ evidence: Evidence) {
        let calls = evidence.questions.reduce(into: [String: String]()) { calls, question in
            if case .call(let id) = question.kind { calls[question.tag] = id }
        }
        var late = 0
        var greetings: [String] = []
        for (call, text, connection) in evidence.spoken {
            guard let answer = HonestSentence.lateAnswer(in: text) else {
                greetings.append("\(call) on connection \(connection)")
                continue
            }
            late += 1
            // Of an answer whose beginning was said in time.
            if HonestSentence.isRest(answer) { continue }
            let tag = Question.tag(in: answer) ?? "?"
            if calls[tag] != call { complain("the late answer to \(tag) went to another call") }
        }
        count("late answers", late)
        count("greetings", greetings.count)
        for (call, all) in Dictionary(grouping: greetings, by: { $0 }) where all.count > 1 {
            complain("\(call) was greeted \(all.count) times")
        }
    }
}
