extension MissionsRow {
    private static let tools =
        #"[{"type":"hangup","hangup":{"description":"Ends the call: once goodbyes are said, or when nobody is "#
        + #"there to talk to."}},{"type":"send_dtmf","send_dtmf":{}}]"#

    /// - Parameters:
    ///   - options: the arguments behind the instructions.
    ///   - other: members besides those that are always there.
    private static func created(
        _ options: String..., model: String = "openai/gpt-4o", voice: String = "Rime.ArcanaV3.astra",
        features: String = #"["telephony","messaging"]"#, tools: String = tools, other: String = ""
    ) -> MissionsRow {
        let body =
            #"{"name":"n","instructions":"i","model":"\#(model)","voice":"\#(voice)","tools":\#(tools),"#
            + #""enabled_features":\#(features)\#(other)}"#
        return MissionsRow(
            ["create-assistant", "n", "i"] + options, answers: [#"{"assistant":{"id":"a1"}}"#],
            sent: ["POST /assistants \(body)"], lines: ["a1"], json: #"{"id":"a1"}"#)
    }

    static let newAssistants = [
        created(), created("hello", other: #","greeting":"hello""#), created("", other: #","greeting":"""#),
        created("hi", #"["telephony"]"#, features: #"["telephony"]"#, other: #","greeting":"hi""#),
        created(#"["messaging"]"#, features: #"["messaging"]"#),
        created("hi", "[]", other: #","greeting":"hi""#),
        created(
            "hi", #"{"features":["x"],"model":"m","voice":"v","tools":[],"description":"d"}"#, model: "m",
            voice: "v", features: #"["x"]"#, tools: "[]", other: #","greeting":"hi","description":"d""#),
        created(
            "hi", #"{"enabled_features":["y"],"tools":null,"description":"","model":null}"#,
            features: #"["y"]"#, other: #","greeting":"hi""#),
        created("hi", #"{"features":[]}"#, other: #","greeting":"hi""#),
        MissionsRow(
            "create-assistant", "n", "i", "g", answers: [#"{"assistant":{"name":"n"}}"#],
            sent: [
                #"POST /assistants {"name":"n","instructions":"i","greeting":"g","model":"openai/gpt-4o","#
                    + #""voice":"Rime.ArcanaV3.astra","tools":\#(tools),"enabled_features":["telephony","messaging"]}"#
            ],
            status: 1, says: ["it is not known whether it happened"]),
    ]

    private static let list =
        #"{"assistants":[{"id":"a1","name":"One","model":"m","enabled_features":["telephony","messaging"]},"#
        + #"{"assistant_id":2}],"meta":{"total_results":3,"total_pages":2}}"#
    private static let lines = [
        "a1: One (model=m, features=[telephony, messaging])", "2: unnamed (model=unknown, features=[])",
    ]
    private static let items =
        #"{"id":"a1","name":"One","model":"m","enabled_features":["telephony","messaging"]},{"assistant_id":2}"#

    static let assistants = [
        MissionsRow(
            "list-assistants",
            answers: [
                list, #"{"data":[{"id":"a3","name":"é"}],"meta":{"total_results":3,"total_pages":2}}"#,
            ],
            sent: ["GET /assistants?pageSize=25&page=1", "GET /assistants?pageSize=25&page=2"],
            lines: lines + ["a3: é (model=unknown, features=[])"],
            json: "[\(items)," + #"{"id":"a3","name":"é"}]"#),
        MissionsRow(
            "list-assistants", "--page=2", "--size", "2", "--name", "a b/é", answers: [list],
            sent: ["GET /assistants?pageSize=2&page=2&name=a%20b%2F%C3%A9"], lines: lines, json: "[\(items)]",
            says: ["page 2/2 (3)"]),
        MissionsRow(
            "list-assistants", "--name=X", answers: [#"{"assistants":[]}"#],
            sent: ["GET /assistants?pageSize=25&page=1&name=X"], json: "[]"),
        MissionsRow(
            "get-assistant", "a 1", answers: [#"{"assistant":{"id":"a 1"}}"#],
            sent: ["GET /assistants/a%201"],
            lines: ["{", #"  "id": "a 1""#, "}"], json: #"{"id":"a 1"}"#),
        MissionsRow(
            "update-assistant", "a", #"{"name":"é","x":123456789012345678}"#,
            sent: [#"PATCH /assistants/a {"name":"é","x":123456789012345678}"#], lines: ["a"],
            json: #"{"id":"a"}"#),
        MissionsRow(
            "get-connection-id", "a", answers: [#"{"connection_id":1234567890123}"#],
            sent: ["GET /assistants/a/connection-id?feature=telephony"], lines: ["1234567890123"],
            json: #"{"connection_id":"1234567890123"}"#),
        MissionsRow(
            "get-connection-id", "a", "x&y", answers: [#"{"connection_id":null}"#],
            sent: ["GET /assistants/a/connection-id?feature=x%26y"], status: 1,
            says: ["no connection for x&y"]),
    ]

    private static let phones =
        #"{"data":[{"id":1,"phone_number":"+13125550101","connection_id":"c"},"#
        + #"{"id":"p2","phone_number":"+13125550102","connection_id":""}]}"#

    static let numbers = [
        MissionsRow(
            "list-phones", answers: [phones], sent: ["GET /numbers/account-phones"],
            lines: ["1: +13125550101 [assigned]", "p2: +13125550102 [available]"],
            json: String(phones.dropFirst(8).dropLast())),
        MissionsRow(
            "list-phones", "--available", answers: [phones], sent: ["GET /numbers/account-phones"],
            lines: ["p2: +13125550102 [available]"],
            json: #"[{"id":"p2","phone_number":"+13125550102","connection_id":""}]"#),
        MissionsRow(
            "get-available-phone", answers: [#"{"phone":{"id":"p","phone_number":"+13125550101"}}"#],
            sent: ["GET /numbers/account-phones/available"], lines: ["+13125550101"],
            json: #"{"id":"p","phone_number":"+13125550101"}"#),
        MissionsRow(
            "get-available-phone", answers: [#"{"phone":null}"#],
            sent: ["GET /numbers/account-phones/available"], status: 1, says: ["no number is free"]),
        MissionsRow(
            "assign-phone", "p/1", "c1",
            sent: [#"PATCH /numbers/account-phones/p%2F1 {"connection_id":"c1","type":"voice"}"#],
            lines: ["p/1"], json: #"{"id":"p/1","connection_id":"c1","type":"voice"}"#),
        MissionsRow(
            "assign-phone", "p", "c1", "fax",
            sent: [#"PATCH /numbers/account-phones/p {"connection_id":"c1","type":"fax"}"#], lines: ["p"],
            json: #"{"id":"p","connection_id":"c1","type":"fax"}"#, says: ["voice, sms"]),
    ]
}
