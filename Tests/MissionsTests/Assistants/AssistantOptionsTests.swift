import ClawdTalkAPI
import Missions
import Testing

@Suite("The options of an assistant")
struct AssistantOptionsTests {
    private static func assistant(_ json: String) throws -> NewAssistant {
        var assistant = NewAssistant(name: "n", instructions: "i", greeting: nil)
        try AssistantOptions(#require(JSONValue(parsing: json))).apply(to: &assistant)
        return assistant
    }

    @Test(
        "say nothing",
        arguments: ["{}", "[]", #"{"features":[]}"#, #"{"tools":null,"model":null,"voice":null}"#])
    func nothing(json: String) throws {
        #expect(try Self.assistant(json) == NewAssistant(name: "n", instructions: "i", greeting: nil))
    }

    @Test("say everything")
    func everything() throws {
        let assistant = try Self.assistant(
            #"{"enabled_features":["x"],"model":"m","voice":"v","tools":[1],"description":"d"}"#)
        #expect(assistant.features == ["x"] && assistant.model == "m" && assistant.voice == "v")
        #expect(assistant.tools == .array([1]) && assistant.description == "d")
        #expect(try Self.assistant(#"["a","b"]"#).features == ["a", "b"])
    }

    @Test(
        "are refused",
        arguments: [
            ("5", "neither"), ("null", "neither"), (#""x""#, "neither"), ("[1]", "features"),
            (#"{"features":"x"}"#, "features"), (#"{"enabled_features":[null]}"#, "enabled_features"),
            (#"{"features":null,"enabled_features":null}"#, "both"), (#"{"model":1}"#, "model"),
            (#"{"voice":[]}"#, "voice"), (#"{"description":{}}"#, "description"), (#"{"tools":{}}"#, "tools"),
            (#"{"greeting":"x"}"#, "\"greeting\""),
        ])
    func refused(json: String, named: String) throws {
        let value = try #require(JSONValue(parsing: json))
        let fault = #expect(throws: AssistantOptions.Fault.self) { try AssistantOptions(value) }
        #expect(fault?.sentence.contains(named) == true)
    }
}
