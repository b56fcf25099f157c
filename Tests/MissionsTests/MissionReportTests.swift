import ClawdTalkAPI
import Foundation
import Missions
import Testing

@Suite("The report of a mission")
struct MissionReportTests {
    private func entry(_ results: String) throws -> MissionEntry {
        try MissionEntry(
            #require(JSONValue(parsing: #"{"mission_name":"T","memory":{"results":\#(results)}}"#)))
    }

    @Test(
        "scores that are no numbers, or beyond all numbers, count for nothing",
        arguments: [
            #""inf""#, #""nan""#, "true", "null", #""high""#,
        ])
    func oddScores(score: String) throws {
        let results =
            #"[{"to":"+1","outcome":"completed","insights":[{"score":\#(score)}]},{"to":"+2","insights":["{\"score\":\"2.5\"}"]}]"#
        let text = MissionReport("t", try entry(results)).markdown
        #expect(text.contains("| +2 |  | ? | 1 |  | 2.5 |"))
        #expect(try #require(text.range(of: "+2 |")).lowerBound < #require(text.range(of: "+1 |")).lowerBound)
    }

    @Test("texts from outside break no table and make no HTML")
    func escaped() throws {
        let results = #"[{"to":"+1","outcome":"completed","insights":["a | b\n<script>x"]}]"#
        #expect(MissionReport("t", try entry(results)).markdown.contains(#"| a \| b &lt;script>x |"#))
    }

    @Test("large scores are written out")
    func large() throws {
        let results = #"[{"to":"+1","insights":[{"score":1e20}]}]"#
        #expect(MissionReport("t", try entry(results)).markdown.contains("| 100000000000000000000 |"))
    }
}
