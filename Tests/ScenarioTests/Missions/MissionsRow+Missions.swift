extension MissionsRow {
    static let missions = [
        MissionsRow(
            "create-mission", "Café 東京", "Call \"three\"", answers: [#"{"mission":{"id":"m1"}}"#],
            sent: [#"POST /missions {"name":"Café 東京","instructions":"Call \"three\""}"#], lines: ["m1"],
            json: #"{"id":"m1"}"#),
        MissionsRow(
            "create-mission", "n", "- call them, h", answers: [#"{"data":{"mission_id":7}}"#],
            sent: [#"POST /missions {"name":"n","instructions":"- call them, h"}"#], lines: ["7"],
            json: #"{"mission_id":7}"#),
        MissionsRow(
            "create-mission", "n", "i", answers: [#"{"name":"n"}"#],
            sent: [#"POST /missions {"name":"n","instructions":"i"}"#], status: 1,
            says: ["it is not known whether it happened", "without id or mission_id"]),
        MissionsRow(
            "get-mission", "a/b?c#d e", answers: [#"{"mission":{"id":"é","n":1.0}}"#],
            sent: ["GET /missions/a%2Fb%3Fc%23d%20e"],
            lines: ["{", #"  "id": "\u00e9","#, #"  "n": 1.0"#, "}"], json: #"{"id":"é","n":1.0}"#),
        MissionsRow(
            "list-missions",
            answers: [
                #"{"missions":[{"id":"m1","name":"One\u001b[2J"},{"mission_id":2}],"meta":{"total_pages":2}}"#,
                #"{"missions":[{"id":"m3","name":null}],"meta":{"total_pages":2}}"#,
            ],
            sent: [
                "GET /missions?page[size]=20", "GET /missions?page[size]=20&page[number]=2",
            ],
            lines: [#"m1: One\u{1B}[2J"#, "2: unnamed", "m3: unnamed"],
            json: #"[{"id":"m1","name":"One\u001b[2J"},{"mission_id":2},{"id":"m3","name":null}]"#),
        MissionsRow(
            "list-missions", answers: [#"{"missions":[]}"#], sent: ["GET /missions?page[size]=20"], json: "[]"
        ),
        MissionsRow(
            "list-missions", answers: [#"{"missions":[{"name":"x"}]}"#],
            sent: ["GET /missions?page[size]=20"], status: 1, says: ["without id or mission_id"]),
    ]

    static let runs = [
        MissionsRow(
            "create-run", "m/1", #" {"a": [1, "é"]} "#, answers: [#"{"data":{"run_id":12}}"#],
            sent: [#"POST /missions/m%2F1/runs {"input":{"a":[1,"é"]}}"#], lines: ["12"],
            json: #"{"run_id":12}"#),
        MissionsRow(
            "create-run", "m", "-5", answers: [#"{"id":"r"}"#],
            sent: [#"POST /missions/m/runs {"input":-5}"#],
            lines: ["r"], json: #"{"id":"r"}"#),
        MissionsRow(
            "create-run", "m", "null", answers: [#"{"data":{}}"#],
            sent: [#"POST /missions/m/runs {"input":null}"#], status: 1,
            says: ["it is not known whether it happened"]),
        MissionsRow(
            "get-run", "m", "r 1", answers: [#"{"data":{"status":"running"}}"#],
            sent: ["GET /missions/m/runs/r%201"], lines: ["{", #"  "status": "running""#, "}"],
            json: #"{"status":"running"}"#),
        MissionsRow(
            "update-run", "m", "r", "paused", sent: [#"PATCH /missions/m/runs/r {"status":"paused"}"#],
            lines: ["r, paused"], json: #"{"run_id":"r","status":"paused"}"#),
        MissionsRow(
            "update-run", "m", "r", "done", sent: [#"PATCH /missions/m/runs/r {"status":"done"}"#],
            lines: ["r, done"], json: #"{"run_id":"r","status":"done"}"#,
            says: ["\"done\" is sent as it is", "pending, running, paused, succeeded, failed, cancelled"]),
        MissionsRow(
            "list-runs", "m", answers: [#"{"data":[{"run_id":1,"status":"failed"},{"run_id":"b"}]}"#],
            sent: ["GET /missions/m/runs"], lines: ["1: failed", "b: unknown"],
            json: #"[{"run_id":1,"status":"failed"},{"run_id":"b"}]"#),
    ]

    static let plans = [
        MissionsRow(
            "create-plan", "m", "r", #"[{"step_id":"s","description":"é","sequence":1},{}]"#,
            sent: [
                #"POST /missions/m/runs/r/plan {"steps":[{"step_id":"s","description":"é","sequence":1},{}]}"#
            ],
            lines: ["2"], json: #"{"run_id":"r","steps":2}"#),
        MissionsRow(
            "create-plan", "m", "r", #"{"steps":[]}"#,
            sent: [#"POST /missions/m/runs/r/plan {"steps":{"steps":[]}}"#], lines: ["1"],
            json: #"{"run_id":"r","steps":1}"#),
        MissionsRow(
            "get-plan", "m", "r", answers: [#"{"data":[{"step_id":"s"}]}"#],
            sent: ["GET /missions/m/runs/r/plan"],
            lines: ["[", "  {", #"    "step_id": "s""#, "  }", "]"], json: #"[{"step_id":"s"}]"#),
        MissionsRow("get-plan", "m", "r", sent: ["GET /missions/m/runs/r/plan"], lines: ["{}"], json: "{}"),
        MissionsRow(
            "update-step", "m", "r", "s/1", "skipped",
            sent: [#"PATCH /missions/m/runs/r/plan/steps/s%2F1 {"status":"skipped"}"#],
            lines: ["s/1, skipped"], json: #"{"step_id":"s/1","status":"skipped"}"#),
        MissionsRow(
            "update-step", "m", "r", "s", "done",
            sent: [#"PATCH /missions/m/runs/r/plan/steps/s {"status":"done"}"#],
            lines: ["s, done"], json: #"{"step_id":"s","status":"done"}"#, says: ["in_progress, completed"]),
    ]
}
