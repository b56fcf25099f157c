extension CommandRow {
    private static let asked = #"{"request_id":"a 1","devices_notified":2}"#
    private static let body = #"{"action":"Delete repo","require_biometric":false,"expires_in":300}"#

    private static func status(_ word: String) -> String { #"{"status":"\#(word)"}"# }

    /// A request that is waited for, until the service's word; `Waiting` is said on standard error.
    private static func decision(_ words: String..., says answer: String, output: String, status: Int32)
        -> CommandRow
    {
        CommandRow(
            ["approval", "request", "Delete repo"] + words, asked, answer,
            requests: ["POST /v1/approvals \(body)", "GET /v1/approvals/a%201"], output: output,
            note: "Waiting 300 s",
            status: status)
    }

    /// A request that is not waited for.
    private static func asking(_ words: String..., body: String) -> CommandRow {
        CommandRow(
            ["approval", "request", "--no-wait"] + words, asked, requests: ["POST /v1/approvals \(body)"],
            output: "a 1")
    }

    private static func shown(_ word: String, status: Int32, note: String? = nil) -> CommandRow {
        CommandRow(
            ["approval", "status", "a?1"], self.status(word), requests: ["GET /v1/approvals/a%3F1"],
            output: word,
            note: note, status: status)
    }

    static let approvals =
        [
            decision(says: status("approved"), output: "approved", status: 0),
            decision(says: status("denied"), output: "denied", status: 10),
            decision(says: status("expired"), output: "expired", status: 12),
            decision(
                "--json", says: status("approved"),
                output:
                    "{\n  \"request_id\": \"a 1\",\n  \"status\": \"approved\",\n  \"devices_notified\": 2\n}",
                status: 0),
            CommandRow(
                ["approval", "request", "x", "--timeout", "1"], asked, status("pending"),
                requests: [#"POST /v1/approvals {"action":"x","require_biometric":false,"expires_in":1}"#]
                    + Array(repeating: "GET /v1/approvals/a%201", count: 2),
                output: "timeout", note: "Waiting 1 s", status: 11),
            asking("Delete repo", body: body), asking("Delete", "repo", body: body),
            asking("Delete repo", "--details", "", body: body),
            asking(
                "Delete repo", "--details", "all of \"it\"", "--biometric", "--timeout", "60",
                body:
                    #"{"action":"Delete repo","require_biometric":true,"expires_in":60,"details":"all of \"it\""}"#
            ),
            asking(
                "--", "--force", body: #"{"action":"--force","require_biometric":false,"expires_in":300}"#),
            .usage("approval", "request", says: "the action is missing"),
            .usage("approval", "request", " ", "--biometric", says: "the action is missing"),
            .usage("approval", "request", "x", "--timeout", "0", says: "1 to 86400"),
            .usage("approval", "status", says: "the request's id is missing"),
            .usage("approval", "status", "..", says: ".. is no id"),
            shown("approved", status: 0), shown("pending", status: 75), shown("denied", status: 10),
            shown("timeout", status: 11), shown("expired", status: 12), shown("no_devices", status: 13),
            shown("revoked", status: 1, note: "a status that is not known"),
            CommandRow(
                ["approval", "status", "a", "--json"], status("denied"), requests: ["GET /v1/approvals/a"],
                output: "{\n  \"status\": \"denied\"\n}", status: 10),
            CommandRow(
                ["approval", "status", "a"], "{}", requests: ["GET /v1/approvals/a"],
                note: "without a status",
                status: 1),
            CommandRow(
                ["approval", "list"],
                #"{"approvals":[{"request_id":"a","status":"pending","action":"Go\u0007"},{}]}"#,
                requests: ["GET /v1/approvals?status=pending"], output: "a  pending  Go\\u{07}\n-  pending  "),
            CommandRow(
                ["approval", "list", "denied"], #"{"approvals":[]}"#,
                requests: ["GET /v1/approvals?status=denied"],
                note: "There are none"),
            CommandRow(
                ["approval", "list", "a&b", "--json"], "[]", requests: ["GET /v1/approvals?status=a%26b"],
                output: "[]"),
        ]
        + [
            #"{"request_id":"a","devices_notified":0}"#, #"{"request_id":"a"}"#,
            #"{"request_id":"a","devices_notified":0,"devices_failed":2}"#,
        ].map {
            CommandRow(
                ["approval", "request", "Delete repo"], $0, requests: ["POST /v1/approvals \(body)"],
                output: "no_devices", note: "No telephone was reached", status: 13)
        }
}
