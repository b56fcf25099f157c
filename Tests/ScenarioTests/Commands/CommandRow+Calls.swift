extension CommandRow {
    private static let ringing = #"{"call_id":"call_1","status":"ringing"}"#

    /// A call as the words ask for it.
    private static func call(_ words: String..., body: String, note: String? = nil) -> CommandRow {
        CommandRow(
            ["call"] + words, ringing, requests: ["POST /v1/calls \(body)"], output: "call_1: ringing",
            note: note)
    }

    /// The answer to a call that was made.
    private static func made(_ answer: String, output: String) -> CommandRow {
        CommandRow(["call", "Hi"], answer, requests: [#"POST /v1/calls {"greeting":"Hi"}"#], output: output)
    }

    /// The answer to a call that was not made.
    private static func failed(_ answer: String, says: String, words: [String] = ["Hi"], body: String? = nil)
        -> CommandRow
    {
        CommandRow(
            ["call"] + words, answer, requests: [#"POST /v1/calls \#(body ?? #"{"greeting":"Hi"}"#)"#],
            note: says, status: 1)
    }

    static let calls =
        [
            call(body: "{}"), call("", body: "{}"), call("  ", body: "{}"),
            call("Hey, what's up?", body: #"{"greeting":"Hey, what's up?"}"#),
            call("Hey", "you", "there", body: #"{"greeting":"Hey you there"}"#),
            call("--greeting", "A é \"b\"", body: #"{"greeting":"A é \"b\""}"#),
            call(
                "--to", "+15551234567", "--purpose", "Confirm the meeting",
                body: #"{"to":"+15551234567","context":{"purpose":"Confirm the meeting"}}"#),
            call("Hello", "--to=+13125550101", "all", body: #"{"to":"+13125550101","greeting":"Hello all"}"#),
            call("--context", "A", body: #"{"context":{"purpose":"A"}}"#),
            call("--context", "A", "--purpose", "B", body: #"{"context":{"purpose":"B"}}"#),
            call("--to", "", "--purpose", "", "Hi", body: #"{"greeting":"Hi"}"#),
            call("--to", "0049 30 1234567", body: #"{"to":"+49301234567"}"#),
            call("--to", "(312) 555-0101", body: #"{"to":"3125550101"}"#),
            call(
                "+1 (312) 555-0101", body: #"{"to":"+13125550101"}"#, note: "Calling +1 (312) 555-0101"),
            call("13125550101", body: #"{"to":"+13125550101"}"#, note: "--greeting"),
            call("312", "555", "0101", body: #"{"to":"3125550101"}"#, note: "Calling 312 555 0101"),
            call(
                "+13125550101", "--greeting", "Hi", body: #"{"to":"+13125550101","greeting":"Hi"}"#,
                note: "Calling"),
            call("--greeting", "+13125550101", body: #"{"greeting":"+13125550101"}"#),
            call(
                "+13125550101", "--to", "+13125550102",
                body: #"{"to":"+13125550102","greeting":"+13125550101"}"#),
            call("555", body: #"{"greeting":"555"}"#),
            call("--", "--not-a-flag", "-x", body: #"{"greeting":"--not-a-flag -x"}"#),
            call("--greeting", "status", body: #"{"greeting":"status"}"#),
        ]
        + ["initiating", "ringing", "queued", "answered", "in-progress", "completed", "strange"].map {
            made(#"{"status":"\#($0)","call_id":"call_1"}"#, output: "call_1: \($0)")
        }
        + ["failed", "error", "rejected", "busy", "no-answer", "canceled", "Failed"].map {
            failed(
                #"{"status":"\#($0)","call_id":"call_1","message":"nobody there"}"#,
                says: "the call was not made: call_1 is \($0): nobody there")
        } + [
            made(#"{"id":"call_1","status":"queued"}"#, output: "call_1: queued"),
            made(#"{"call_id":7}"#, output: "7"),
            made(#"{"call_id":"a\u001b[31m","status":"b\nc"}"#, output: #"a\u{1B}[31m: b\nc"#),
            failed(#"{"status":"failed","error":{"code":"c","message":"no"}}"#, says: "(200 c): no"),
            failed(#"{"status":"ringing"}"#, says: "something without call_id or id"),
            failed(
                #"{"error":{"code":"external_not_allowed","message":"No"}}"#,
                says: "(200 external_not_allowed): No. Other numbers than your own",
                words: ["--to", "+13125550101"],
                body: #"{"to":"+13125550101"}"#),
            CommandRow(
                ["call", "--json"], ringing, requests: ["POST /v1/calls {}"],
                output: "{\n  \"call_id\": \"call_1\",\n  \"status\": \"ringing\"\n}"),
            .usage("call", "--to", "1234", says: #""1234" is not certain to be one telephone number"#),
            .usage("call", "--to", "somebody", says: "telephone number"),
            .usage("call", "491701234567", says: "Write + and the country first"),
            .usage("call", "Hi", "--greeting", "Ho", says: "two greetings"),
            .usage("call", "--json", "status", "call_1", says: "status comes before all options"),
            .usage("call", "--json", "end", "call_1", says: "end comes before all options"),
            .usage("call", "status", says: "the call's id is missing"),
            .usage("call", "status", "", says: "the call's id is missing"),
            .usage("call", "end", says: "the call's id is missing"),
            .usage("call", "status", "..", says: ".. is no id"),
            .usage("call", "end", ".", says: ". is no id"),
        ] + callsThatAre

    private static let callsThatAre = [
        CommandRow(
            ["call", "status", "call_1"], ringing, requests: ["GET /v1/calls/call_1"],
            output: "call_1: ringing"),
        CommandRow(
            ["call", "status", "a/b #?é"], #"{"id":"x"}"#, requests: ["GET /v1/calls/a%2Fb%20%23%3F%C3%A9"],
            output: "a/b #?é"),
        CommandRow(
            ["call", "status", "c", "--json"], #"{"n":1.0}"#, requests: ["GET /v1/calls/c"],
            output: "{\n  \"n\": 1.0\n}"),
        CommandRow(
            ["call", "status", "c"], "{}", requests: ["GET /v1/calls/c"], note: "the call cannot be read",
            status: 1),
        CommandRow(
            ["call", "end", "call_1"], "{}",
            requests: [#"POST /v1/calls/call_1/end {"reason":"user_ended"}"#],
            output: "call_1: ended"),
        CommandRow(
            ["call", "end", "call_1", ""], "",
            requests: [#"POST /v1/calls/call_1/end {"reason":"user_ended"}"#],
            output: "call_1: ended"),
        CommandRow(
            ["call", "end", "{a,b}", "no", "longer", "needed"], #"{"status":"completed"}"#,
            requests: [#"POST /v1/calls/%7Ba%2Cb%7D/end {"reason":"no longer needed"}"#],
            output: "{a,b}: ended"),
        CommandRow(
            ["call", "end", "c"], #"{"success":false,"message":"it goes on"}"#,
            requests: [#"POST /v1/calls/c/end {"reason":"user_ended"}"#],
            note: "call c was not ended: it goes on", status: 1),
        CommandRow(
            ["call", "end", "c"], #"{"status":"error"}"#,
            requests: [#"POST /v1/calls/c/end {"reason":"user_ended"}"#], note: "call c was not ended",
            status: 1),
    ]
}
