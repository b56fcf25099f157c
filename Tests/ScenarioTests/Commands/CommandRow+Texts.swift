extension CommandRow {
    private static let number = "+15551234567"
    private static let plain = #"{"to":"+15551234567","message":"Hello there"}"#
    private static let long = String(repeating: "ü", count: 60)

    /// A text as the words ask for it.
    private static func send(_ words: String..., body: String) -> CommandRow {
        CommandRow(
            ["sms", "send"] + words, #"{"id":"msg_1"}"#, requests: ["POST /v1/messages/send \(body)"],
            output: "msg_1: sent to +15551234567")
    }

    private static func list(_ words: String..., query: String, answer: String, output: String) -> CommandRow
    {
        CommandRow(
            ["sms", "list"] + words, answer, requests: ["GET /v1/messages?\(query)"], output: output)
    }

    static let texts = [
        send(number, "Hello there", body: plain), send(number, "Hello", "there", body: plain),
        send("+1 (555) 123-4567", "Hello there", body: plain),
        send(
            number, "--media", "https://a/1", "x", "--media", "https://a/2",
            body: #"{"to":"+15551234567","message":"x","media_urls":["https://a/1","https://a/2"]}"#),
        send(number, "--", "--foo", "bar", body: #"{"to":"+15551234567","message":"--foo bar"}"#),
        send(number, "a\nb \"é\"", body: #"{"to":"+15551234567","message":"a\nb \"é\""}"#),
        CommandRow(
            ["sms", "send", number, "x"], #"{"id":9,"from":"+1\u001b"}"#,
            requests: [#"POST /v1/messages/send {"to":"+15551234567","message":"x"}"#],
            output: #"9: sent to +15551234567 from +1\u{1B}"#),
        CommandRow(
            ["sms", "send", "3125550101", "x", "--json"], #"{"id":"m"}"#,
            requests: [#"POST /v1/messages/send {"to":"3125550101","message":"x"}"#],
            output: "{\n  \"id\": \"m\"\n}"),
        CommandRow(
            ["sms", "send", number, "x"], #"{"status":"queued"}"#,
            requests: [#"POST /v1/messages/send {"to":"+15551234567","message":"x"}"#],
            note: "not known whether it happened", status: 1),
        .usage("sms", "send", says: "the number is missing"),
        .usage("sms", "send", number, says: "the message is missing"),
        .usage("sms", "send", number, " ", says: "the message is missing"),
        .usage("sms", "send", "bob", "x", says: "telephone number"),
        .usage("sms", "list", "--limit", "0", says: "1 to 1000"),
        .usage("sms", "list", "--limit", "1001", says: "1 to 1000"),
        list(query: "limit=20", answer: #"{"messages":[]}"#, output: "\nTotal: 0"),
        list(
            "--limit", "5", "--contact", number, "--direction", "inbound",
            query: "limit=5&contact=%2B15551234567&direction=inbound",
            answer: #"{"messages":[],"pagination":{"total":7}}"#, output: "\nTotal: 7"),
        list(
            "--contact", "+1 555 123 4567", "--limit", "1000", query: "limit=1000&contact=%2B15551234567",
            answer: #"{"messages":null}"#, output: "\nTotal: 0"),
        list(
            "--contact", "a&b=c d", query: "limit=20&contact=a%26b%3Dc%20d", answer: #"{"messages":[]}"#,
            output: "\nTotal: 0"),
        list(
            query: "limit=20",
            answer: """
                {"messages":[{"direction":"inbound","from":"+1","to":"+2","body":"\(long)","created_at":"2026-01-02T03:04Z"},\
                {"direction":"outbound","from":"+1","to":"+2","body":"\(long)x","created_at":"2026-01-03"},\
                {"direction":"outbound","to":"+2","body":"a\\n\\u001b[2Jb"},{}],"pagination":{"total":70}}
                """,
            output: """
                ← 2026-01-02 +1 \(long)
                → 2026-01-03 +2 \(long)…
                → - +2 a\\n\\u{1B}[2Jb
                → - - \n
                Total: 70
                """),
        CommandRow(
            ["sms", "list", "--json"], #"{"messages":[],"x":"\u009b"}"#,
            requests: ["GET /v1/messages?limit=20"],
            output: "{\n  \"messages\": [],\n  \"x\": \"\\u009b\"\n}"),
        CommandRow(
            ["sms", "list"], "{}", requests: ["GET /v1/messages?limit=20"],
            note: "without a list of messages",
            status: 1),
        CommandRow(
            ["sms", "conversations"],
            #"{"conversations":[{"contact":"+1","last_message":"hi"},{"contact":"+2","last_message":{"body":"ho"}},{}]}"#,
            requests: ["GET /v1/messages/conversations"], output: "+1: hi\n+2: ho\n-: "),
        CommandRow(
            ["sms", "conversations"], #"{"conversations":[{"contact":"+1","last_message":"\#(long)"}]}"#,
            requests: ["GET /v1/messages/conversations"], output: "+1: \(long.prefix(50))…"),
    ]
}
