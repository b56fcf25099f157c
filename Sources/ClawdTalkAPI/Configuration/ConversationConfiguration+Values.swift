extension ConversationConfiguration {
    init(_ values: ConfigurationValues) throws(ConfigurationError) {
        self.init()
        language = try values.text(.language) ?? language
        phrases = try values.texts(.phrases)
        replyTimeLimit = try values.duration(.replyTimeout)
        firstProgressAfter = try values.duration(.firstProgress)
        progressEvery = try values.duration(.nextProgress)
        fillers = try values.list(.fillers)
        speaksAgentTexts = try values.flag(.agentTexts)
        stopWords = try values.list(.stopWords)
        approvalMode = ApprovalMode(rawValue: try values.choice(.approvalMode)) ?? .sensitive
        approvalRules = try values.list(.approvalRules) ?? []
        keepsTranscripts = try values.choice(.transcripts) == "on"
        transcriptDays = Int(try values.number(.transcriptDays))
    }
}
