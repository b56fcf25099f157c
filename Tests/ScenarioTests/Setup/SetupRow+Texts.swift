extension SetupRow {
    /// How openclaw.json may be written.
    static let texts = [
        SetupRow(
            "as OpenClaw writes it",
            """
            {
              "meta": {
                "lastTouchedVersion": "2026.6.11"
              },
              "gateway": {
                "mode": "local",
                "port": 18789,
                "auth": {
                  "mode": "token",
                  "token": "secret-token-of-the-gateway"
                }
              },
              "agents": {
                "list": [
                  {
                    "id": "main"
                  }
                ]
              }
            }

            """,
            """
            {
              "meta": {
                "lastTouchedVersion": "2026.6.11"
              },
              "gateway": {
                "mode": "local",
                "port": 18789,
                "auth": {
                  "mode": "token",
                  "token": "secret-token-of-the-gateway"
                },
                "tools": {
                  "allow": ["sessions_send"]
                }
              },
              "agents": {
                "list": [
                  {
                    "id": "main"
                  }
                ]
              }
            }

            """),
        SetupRow(
            "comments everywhere",
            """
            // on top
            {
              /* before */ "gateway": { // behind
                // "tools": { "allow": [] }
                "port": 18789 // the port
                /* at the end */
              } // of the gateway
            }
            // below

            """,
            """
            // on top
            {
              /* before */ "gateway": { // behind
                // "tools": { "allow": [] }
                "port": 18789, // the port
                "tools": {
                  "allow": ["sessions_send"]
                }
                /* at the end */
              } // of the gateway
            }
            // below

            """),
        SetupRow(
            "trailing commas",
            "{\n  gateway: {\n    port: 18789,\n  },\n}\n",
            "{\n  gateway: {\n    port: 18789,\n    tools: {\n      allow: [\"sessions_send\"],\n    },\n  },\n}\n"
        ),
        SetupRow(
            "single quotes",
            "{'gateway': {'bind': 'loopback'}}",
            "{'gateway': {'bind': 'loopback', 'tools': {'allow': ['sessions_send']}}}"),
        SetupRow(
            "CRLF",
            "{\r\n  \"gateway\": {\r\n    \"port\": 18789\r\n  }\r\n}\r\n",
            "{\r\n  \"gateway\": {\r\n    \"port\": 18789,\r\n    \"tools\": {\r\n"
                + "      \"allow\": [\"sessions_send\"]\r\n    }\r\n  }\r\n}\r\n"),
        SetupRow(
            "CR alone",
            "{\r  \"gateway\": {\r    \"port\": 18789\r  }\r}\r",
            "{\r  \"gateway\": {\r    \"port\": 18789,\r    \"tools\": {\r"
                + "      \"allow\": [\"sessions_send\"]\r    }\r  }\r}\r"),
        SetupRow(
            "tabs",
            "{\n\t\"gateway\": {\n\t\t\"port\": 18789\n\t}\n}",
            "{\n\t\"gateway\": {\n\t\t\"port\": 18789,\n\t\t\"tools\": {\n"
                + "\t\t\t\"allow\": [\"sessions_send\"]\n\t\t}\n\t}\n}"),
        SetupRow(
            "a byte order mark",
            "\u{FEFF}{\"gateway\": {\"tools\": {\"allow\": []}}}",
            "\u{FEFF}{\"gateway\": {\"tools\": {\"allow\": [\"sessions_send\"]}}}"),
        SetupRow(
            "numbers of all spellings",
            "{a: [0x1F, +Infinity, -Infinity, NaN, 1.0, 1., .5, 1e3, 123456789012345678, -0], gateway: {}}",
            "{a: [0x1F, +Infinity, -Infinity, NaN, 1.0, 1., .5, 1e3, 123456789012345678, -0], "
                + "gateway: {tools: {allow: [\"sessions_send\"]}}}"),
        SetupRow(
            "keys without quotes and with escapes",
            "{\n  \\u0067ateway: {\n    't\\x6fols': {\n      all\\u006Fw: ['a\\\n b'],\n    },\n  },\n}\n",
            "{\n  \\u0067ateway: {\n    't\\x6fols': {\n      all\\u006Fw: ['a\\\n b', 'sessions_send'],\n    },\n"
                + "  },\n}\n"),
        SetupRow(
            "duplicate keys: the last one counts",
            "{gateway: {tools: {allow: ['sessions_send']}}, gateway: {tools: {allow: ['a']}}}",
            "{gateway: {tools: {allow: ['sessions_send']}}, gateway: {tools: {allow: ['a', 'sessions_send']}}}"
        ),
        SetupRow(
            "minified",
            #"{"meta":{"v":1},"gateway":{"port":18789},"z":[]}"#,
            #"{"meta":{"v":1},"gateway":{"port":18789,"tools":{"allow":["sessions_send"]}},"z":[]}"#),
        SetupRow(
            "an empty object",
            "{}",
            "{\n  \"gateway\": {\n    \"tools\": {\n      \"allow\": [\"sessions_send\"]\n    }\n  }\n}"),
        SetupRow(
            "an empty object on two lines",
            "{\n}\n",
            "{\n  \"gateway\": {\n    \"tools\": {\n      \"allow\": [\"sessions_send\"]\n    }\n  }\n}\n"
        ).uninstalled("{}\n"),
        SetupRow(
            "one line among many",
            "{\n  // mine\n  gateway: { port: 18789 },\n}\n",
            "{\n  // mine\n  gateway: { port: 18789, tools: { allow: [\"sessions_send\"] } },\n}\n"),
        SetupRow(
            "no end of line at the end",
            "{\"gateway\":{\"tools\":{}}}",
            "{\"gateway\":{\"tools\":{\"allow\":[\"sessions_send\"]}}}"),
        SetupRow(
            "texts beyond ASCII, and separators of JavaScript",
            "{\u{A0}\"name\": \"Zo\u{EB} \u{1F99E} \u{2028}\",\u{2003}\"gateway\": {\"tools\": {\"allow\": []}}}",
            "{\u{A0}\"name\": \"Zo\u{EB} \u{1F99E} \u{2028}\",\u{2003}"
                + "\"gateway\": {\"tools\": {\"allow\": [\"sessions_send\"]}}}"),
    ]
}
