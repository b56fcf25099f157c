extension MissionsRow {
    private static let path = "/missions/m/runs/r/events"

    static let events = [
        MissionsRow(
            "log-event", "m", "r", "custom", "Café called", "s1", #"{"a":1.0}"#,
            sent: [
                "POST \(path) "
                    + #"{"type":"custom","summary":"Café called","agent_id":"claude-code","#
                    + #""step_id":"s1","payload":{"a":1.0}}"#
            ],
            lines: ["Café called"], json: #"{"type":"custom","summary":"Café called","step_id":"s1"}"#),
        logged(step: "-"), logged(step: ""), logged(step: "-", payload: "{}"),
        logged(step: "-", payload: "[]"),
        logged(step: "-", payload: "0"), logged(step: "-", payload: "-0.0"),
        logged(step: "-", payload: "false"), logged(step: "-", payload: #""""#),
        logged(step: "-", payload: "null"),
        MissionsRow(
            "log-event", "m", "r", "lunch", "s", "-",
            sent: ["POST \(path) " + #"{"type":"lunch","summary":"s","agent_id":"claude-code"}"#],
            lines: ["s"], json: #"{"type":"lunch","summary":"s"}"#,
            says: ["tool_call, custom, message, error, step_started, step_completed"]),
        MissionsRow(
            "list-events", "m", "r",
            answers: [#"{"data":[{"type":"error","summary":"a\nb"},{"summary":"c"}]}"#],
            sent: ["GET \(path)"],
            lines: [#"[error] a\nb"#, "[unknown] c"],
            json: #"[{"type":"error","summary":"a\nb"},{"summary":"c"}]"#),
        MissionsRow(
            "get-insights", "c/1",
            answers: [
                #"{"data":[{"status":"pending","conversation_insights":[{"result":"no"}]},"#
                    + #"{"status":"completed","conversation_insights":[{"result":"yes"},{"result":{"a":1}}]}]}"#
            ],
            sent: ["GET /missions/conversations/c%2F1/insights"], lines: ["yes", #"{"a":1}"#],
            json: #"["yes",{"a":1}]"#),
        MissionsRow(
            "get-insights", "c", answers: [#"{"data":[]}"#], sent: ["GET /missions/conversations/c/insights"],
            json: "[]"),
    ]

    private static func logged(step: String, payload: String? = nil) -> MissionsRow {
        let sent = ["POST \(path) " + #"{"type":"error","summary":"s","agent_id":"claude-code"}"#]
        let json = #"{"type":"error","summary":"s"}"#
        return payload.map {
            MissionsRow("log-event", "m", "r", "error", "s", step, $0, sent: sent, lines: ["s"], json: json)
        } ?? MissionsRow("log-event", "m", "r", "error", "s", step, sent: sent, lines: ["s"], json: json)
    }

    static let agents = [
        MissionsRow(
            "link-agent", "m", "r", "a1",
            sent: [#"POST /missions/m/runs/r/agents {"telnyx_agent_id":"a1"}"#],
            lines: ["a1, r"], json: #"{"telnyx_agent_id":"a1","run_id":"r"}"#),
        MissionsRow(
            "list-linked-agents", "m", "r",
            answers: [#"{"data":[{"telnyx_agent_id":"a1"},{"telnyx_agent_id":2}]}"#],
            sent: ["GET /missions/m/runs/r/agents"], lines: ["a1", "2"],
            json: #"[{"telnyx_agent_id":"a1"},{"telnyx_agent_id":2}]"#),
        MissionsRow(
            "unlink-agent", "m", "r", "a?1", answers: [""],
            sent: ["DELETE /missions/m/runs/r/agents/a%3F1"], lines: ["a?1, r"],
            json: #"{"telnyx_agent_id":"a?1","run_id":"r"}"#),
    ]
}
