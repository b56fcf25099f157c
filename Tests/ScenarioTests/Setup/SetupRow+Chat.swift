extension SetupRow {
    /// The chat endpoint.
    static let chat = [
        SetupRow(
            "nothing is there",
            "{gateway: {port: 18789}}\n",
            "{gateway: {port: 18789, tools: {allow: [\"sessions_send\"]}, "
                + "http: {endpoints: {chatCompletions: {enabled: true}}}}}\n"
        ).with(flags: "--chat-endpoint").saying("chatCompletions"),
        SetupRow(
            "allowed already: the endpoint alone",
            """
            {
              gateway: {
                tools: { allow: ["sessions_send"] }, // for calls
                http: {
                  securityHeaders: {},
                },
              },
            }

            """,
            """
            {
              gateway: {
                tools: { allow: ["sessions_send"] }, // for calls
                http: {
                  securityHeaders: {},
                  endpoints: {
                    chatCompletions: {
                      enabled: true,
                    },
                  },
                },
              },
            }

            """
        ).with(flags: "--chat-endpoint"),
        SetupRow(
            "beside its settings",
            "{gateway: {tools: {allow: ['sessions_send']}, http: {endpoints: {chatCompletions: {maxBodyBytes: 9}}}}}",
            "{gateway: {tools: {allow: ['sessions_send']}, http: {endpoints: {chatCompletions: {maxBodyBytes: 9, "
                + "enabled: true}}}}}"
        ).with(flags: "--chat-endpoint"),
        SetupRow(
            "switched off: on now, and not set any more when uninstalled",
            "{gateway: {tools: {allow: ['sessions_send']}, http: {endpoints: {chatCompletions: {enabled: false, a: 1}}}}}",
            "{gateway: {tools: {allow: ['sessions_send']}, http: {endpoints: {chatCompletions: {enabled: true, a: 1}}}}}"
        ).with(flags: "--chat-endpoint")
            .uninstalled(
                "{gateway: {tools: {allow: ['sessions_send']}, http: {endpoints: {chatCompletions: {a: 1}}}}}"
            ),
        SetupRow(
            "on already: it is not ours",
            "{gateway: {tools: {allow: ['sessions_send']}, http: {endpoints: {chatCompletions: {enabled: true}}}}}"
        ).with(flags: "--chat-endpoint").saying("allows sessions_send already"),
        SetupRow(
            "in an included file",
            files: [
                SetupHome.configuration: "{gateway: {$include: './gateway.json5'}}",
                ".openclaw/gateway.json5": "{tools: {allow: ['sessions_send']}}",
            ],
            after: [
                ".openclaw/gateway.json5":
                    "{tools: {allow: ['sessions_send']}, http: {endpoints: {chatCompletions: {enabled: true}}}}"
            ]
        ).with(flags: "--chat-endpoint"),
        SetupRow("not asked for", "{gateway: {tools: {allow: ['sessions_send']}}}"),
        SetupRow("refused", "{gateway: {tools: {allow: ['sessions_send']}}}")
            .with(flags: "--chat-endpoint", "--no-patch-gateway").saying("allows sessions_send already"),
    ]
}
