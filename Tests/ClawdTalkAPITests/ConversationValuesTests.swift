import Testing

@testable import ClawdTalkAPI

@Suite("Keys with a type: numbers, choices, lists, objects")
struct ConversationValuesTests {
    private func load(_ json: String) throws(ConfigurationError) -> SkillConfiguration {
        var loader = ConfigurationLoader(
            environment: EnvironmentValues(environment: [:], dotEnvPaths: [], readFile: { _ in nil }),
            configPath: "config", readFile: { _ in json })
        loader.isKeyRequired = false
        return try loader.load()
    }

    @Test("without any, the defaults of the table of keys")
    func defaults() throws {
        let configuration = try load("{}")
        #expect(configuration.conversation == ConversationConfiguration())
        #expect(configuration.sessionKey == "agent:main:main" && configuration.agentLink == .sessionsSend)
        #expect(
            configuration.smsAllow == nil && configuration.reportCalls == .all
                && configuration.warnings.isEmpty)
        #expect(configuration.reportsAfter == .seconds(120) && configuration.sessionChoice == .main)
    }

    @Test("every one of them")
    func all() throws {
        let configuration = try load(
            #"""
            {"agent_id": "work", "session_key": "agent:work:phone", "agent_link": "chat", "language": "de",
             "phrases": {"greeting": "Hi"}, "reply_timeout_seconds": 30.5, "stop_words": ["halt"],
             "progress": {"first_after_seconds": 1, "every_seconds": 2, "fillers": ["a", "b"], "agent_texts": false},
             "approvals": {"mode": "always", "rules": ["-delete"]}, "transcripts": true, "transcript_days": 7,
             "sms": {"allow": ["+13125550123"]}, "report_calls": "none",
             "session": "call", "reports": {"after_seconds": 0.5}}
            """#)
        var expected = ConversationConfiguration()
        (expected.language, expected.phrases) = ("de", ["greeting": "Hi"])
        (expected.replyTimeLimit, expected.stopWords) = (.milliseconds(30_500), ["halt"])
        (expected.firstProgressAfter, expected.progressEvery) = (.seconds(1), .seconds(2))
        (expected.fillers, expected.speaksAgentTexts) = (["a", "b"], false)
        (expected.approvalMode, expected.approvalRules) = (.always, ["-delete"])
        (expected.keepsTranscripts, expected.transcriptDays) = (true, 7)
        #expect(configuration.conversation == expected && configuration.warnings.isEmpty)
        #expect(configuration.sessionKey == "agent:work:phone" && configuration.agentLink == .chat)
        #expect(configuration.smsAllow == ["+13125550123"] && configuration.reportCalls == .none)
        #expect(configuration.sessionChoice == .call && configuration.reportsAfter == .milliseconds(500))
    }

    @Test(
        "what is wrong is one line that names the key and the cure",
        arguments: [
            (#"{"reply_timeout_seconds": "110"}"#, "reply_timeout_seconds", "a number from 5 to 3600"),
            (#"{"reply_timeout_seconds": 4}"#, "reply_timeout_seconds", "a number from 5 to 3600"),
            (#"{"reply_timeout_seconds": true}"#, "reply_timeout_seconds", "a number from 5 to 3600"),
            (#"{"progress": 6}"#, "progress", "not an object"),
            (#"{"progress": {"every_seconds": 0}}"#, "progress.every_seconds", "a number from 1 to 60"),
            (#"{"progress": {"fillers": "x"}}"#, "progress.fillers", "not a list of texts"),
            (#"{"progress": {"fillers": [1]}}"#, "progress.fillers", "not a list of texts"),
            (#"{"progress": {"agent_texts": 1}}"#, "progress.agent_texts", "neither true nor false"),
            (#"{"approvals": {"mode": "sometimes"}}"#, "approvals.mode", "none of sensitive, always, off"),
            (#"{"transcripts": 1}"#, "transcripts", "not a text"),
            (#"{"agent_link": false}"#, "agent_link", "none of sessions_send, chat"),
            (#"{"phrases": ["x"]}"#, "phrases", "not an object of texts"),
            (#"{"sms": {"allow": ["3125550123"]}}"#, "sms.allow", "not a telephone number"),
            (#"{"session_key": "a b"}"#, "session_key", "not a session key"),
            (#"{"session": "each"}"#, "session", "none of main, call"),
            (#"{"reports": {"after_seconds": 3601}}"#, "reports.after_seconds", "a number from 0 to 3600"),
            (#"{"reports": 5}"#, "reports", "not an object"),
        ])
    func wrong(json: String, key: String, problem: String) {
        let error = #expect(throws: ConfigurationError.self) { try load(json) }
        #expect(error?.key == key && error?.line.contains(problem) == true && error?.cure.isEmpty == false)
    }

    @Test("unknown names are warned about with their path; null is unset")
    func unknown() throws {
        let configuration = try load(
            #"{"x": 1, "progress": {"y": 2, "every_seconds": null}, "sms": null, "approvals": {}}"#)
        #expect(
            configuration.warnings == [
                "config has the unknown key progress.y", "config has the unknown key x",
            ])
    }

    @Test(
        "a choice of on and off takes true and false",
        arguments: [("true", true), ("false", false), (#""on""#, true)])
    func flag(value: String, isOn: Bool) throws {
        #expect(try load(#"{"transcripts": \#(value)}"#).conversation.keepsTranscripts == isOn)
    }
}
