extension MissionsRow {
    private static let (chicago, account) = ("+13125550101", "+13125550199")
    /// 9:00 in Chicago.
    private static let morning = "2099-01-06T15:00:00Z"
    private static let event = #"{"event":{"id":"e1"}}"#

    /// - Parameter other: members besides those that are always there.
    private static func call(
        _ more: String..., time: String = morning, callee: String = chicago, other: String = "",
        says: [String] = []
    ) -> MissionsRow {
        let body =
            #"{"channel":"call","to":"\#(callee)","from":"\#(account)","scheduled_at":"\#(time)"\#(other)}"#
        return MissionsRow(
            ["schedule-call", "a/1", callee, account, time] + more, answers: [event],
            sent: ["POST /assistants/a%2F1/events \(body)"], lines: ["e1"], json: #"{"id":"e1"}"#, says: says)
    }

    static let calls = [
        call(), call("m", "r", other: #","mission_id":"m","run_id":"r""#),
        call("m", "r", "s", other: #","mission_id":"m","run_id":"r","step_id":"s""#),
        call("m", "r", "", other: #","mission_id":"m","run_id":"r""#), call("", "", ""),
        call("--strict"), call(time: "2099-01-06 09:00:00.5-06:00"),
        call(time: "2020-01-06T15:00:00Z", says: ["2020-01-06T15:00:00Z is in the past"]),
        call(
            time: "2099-01-06T14:59:59Z",
            says: ["warning: 2099-01-06T14:59:59Z is outside 9-17", "08:59 in America/Chicago"]),
        call("--hours", "8:30-17", time: "2099-01-06T14:59:59Z"),
        call("--timezone", "Europe/Berlin"),
        call("--timezone=Asia/Tokyo", says: ["00:00 in Asia/Tokyo"]),
        call(time: "2099-01-06T13:00:00Z", callee: "+4930123456"),
        call(time: "2099-01-06T17:00:00Z", callee: "+4930123456", says: ["18:00 in Europe/Berlin"]),
        call(callee: "+87012345678", says: ["the time zone of the number is not known"]),
        call("--timezone", "UTC", callee: "+87012345678"),
        MissionsRow(
            "schedule-call", "a", "+1 (312) 555-0101", "312.555.0199", morning, answers: [event],
            sent: [
                #"POST /assistants/a/events {"channel":"call","to":"+13125550101","from":"3125550199","#
                    + #""scheduled_at":"\#(morning)"}"#
            ],
            lines: ["e1"], json: #"{"id":"e1"}"#),
        MissionsRow(
            "schedule-call", "a", chicago, account, morning, answers: [#"{"event":{"status":"pending"}}"#],
            sent: [
                #"POST /assistants/a/events {"channel":"call","to":"\#(chicago)","from":"\#(account)","#
                    + #""scheduled_at":"\#(morning)"}"#
            ],
            status: 1, says: ["it is not known whether it happened"]),
    ]

    private static func text(_ words: String, _ more: String..., other: String = "") -> MissionsRow {
        let body =
            #"{"channel":"sms","to":"\#(chicago)","from":"\#(account)","scheduled_at":"\#(morning)","#
            + #""text_body":"\#(words)"\#(other)}"#
        return MissionsRow(
            ["schedule-sms", "a", chicago, account, morning, words] + more, answers: [#"{"id":5}"#],
            sent: ["POST /assistants/a/events \(body)"], lines: ["5"], json: #"{"id":5}"#)
    }

    static let texts = [
        text("Hi, é 東"), text("- h", "m", other: #","mission_id":"m""#),
        text("x", "m", "r", other: #","mission_id":"m","run_id":"r""#),
        text("x", "m", "r", "s", other: #","mission_id":"m","run_id":"r","step_id":"s""#),
        text("x", "", "r", other: #","run_id":"r""#),
    ]

    private static func got(_ event: String, _ line: String) -> MissionsRow {
        MissionsRow(
            "get-event", "a", "e/1", answers: [#"{"event":\#(event)}"#],
            sent: ["GET /assistants/a/events/e%2F1"],
            lines: [line], json: event)
    }

    static let appointments = [
        got(#"{"status":"pending"}"#, "Status: pending"),
        got(
            #"{"status":"completed","call_status":"no-answer","conversation_id":"c","retry_count":2}"#,
            "Status: completed, call_status: no-answer, conversation_id: c, retry_count: 2"),
        got(
            #"{"call_status":null,"conversation_id":"","retry_count":null}"#, "Status: unknown"),
        got(#"{"status":"failed","retry_count":0}"#, "Status: failed"),
        MissionsRow(
            "list-events-assistant", "a",
            answers: [#"{"events":[{"id":"e1","status":"pending"},{"id":2,"call_status":"busy"}]}"#],
            sent: ["GET /assistants/a/events"], lines: ["e1: pending", "2: unknown, call_status=busy"],
            json: #"[{"id":"e1","status":"pending"},{"id":2,"call_status":"busy"}]"#),
        MissionsRow(
            "cancel-scheduled-event", "a", "e#1", answers: [""], sent: ["DELETE /assistants/a/events/e%231"],
            lines: ["e#1"], json: #"{"id":"e#1"}"#),
    ]
}
