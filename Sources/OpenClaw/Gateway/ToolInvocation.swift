import Wire

/// One call of a gateway tool over HTTP (shared/spec/gateway.md A3).
struct ToolInvocation {
    /// Both old and new gateways accept `tool`; `name` is newer.
    let tool: String
    /// The session that the call acts as: the target itself, which every visibility rule allows (B6).
    let sessionKey: String?
    let args: any ToolArguments

    /// The request to a gateway.
    /// - Parameter baseURL: without a trailing slash.
    func request(to baseURL: String, token: String?) -> HTTPRequest {
        var fields = HTTPFields([("Content-Type", "application/json"), ("Accept", "application/json")])
        if let token { fields.append("Authorization", "Bearer \(token)") }
        var body = JSONObjectText(capacity: 1024)
        body.add("tool", tool)
        if let sessionKey { body.add("sessionKey", sessionKey) }
        body.add("args", args.object)
        return HTTPRequest(method: "POST", url: baseURL + "/tools/invoke", fields: fields, body: body.bytes)
    }
}

/// The arguments of a tool, as it takes them.
protocol ToolArguments {
    var object: JSONObjectText { get }
}

struct SessionsSendArguments: ToolArguments {
    let sessionKey: String
    let message: String
    let timeoutSeconds: Int

    var object: JSONObjectText {
        var object = JSONObjectText(capacity: 1024)
        object.add("sessionKey", sessionKey)
        object.add("message", message)
        object.add("timeoutSeconds", timeoutSeconds)
        return object
    }
}

struct SessionsHistoryArguments: ToolArguments {
    let sessionKey: String
    let limit: Int
    /// With the rows of tools, which are left out otherwise, after the limit was counted.
    var includesTools = false

    var object: JSONObjectText {
        var object = JSONObjectText()
        object.add("sessionKey", sessionKey)
        object.add("limit", limit)
        if includesTools { object.add("includeTools", true) }
        return object
    }
}

struct SessionsListArguments: ToolArguments {
    let limit: Int
    /// Only of sessions in use since then.
    let activeMinutes: Int

    var object: JSONObjectText {
        var object = JSONObjectText()
        object.add("limit", limit)
        object.add("activeMinutes", activeMinutes)
        return object
    }
}

/// No arguments: a probe that an allowed tool refuses with 400 and a forbidden one with 404.
struct NoArguments: ToolArguments {
    var object: JSONObjectText { JSONObjectText() }
}
