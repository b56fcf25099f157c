extension SetupRow {
    /// What the lists may hold.
    static let lists = [
        SetupRow(
            "an empty list of several lines",
            "{\n  gateway: { tools: { allow: [\n    // none yet\n  ] } },\n}\n",
            "{\n  gateway: { tools: { allow: [\n    // none yet\n    \"sessions_send\"\n  ] } },\n}\n"),
        SetupRow(
            "existing entries with remarks",
            """
            {
              gateway: {
                tools: {
                  allow: [
                    "cron", // for the nights
                    "browser" /* for the days */
                    // , "nodes"
                  ]
                }
              }
            }

            """,
            """
            {
              gateway: {
                tools: {
                  allow: [
                    "cron", // for the nights
                    "browser", /* for the days */
                    "sessions_send"
                    // , "nodes"
                  ]
                }
              }
            }

            """),
        SetupRow("allowed already", "{gateway: {tools: {allow: [ \"sessions_send\", 'cron' ]}}}")
            .saying("allows sessions_send already"),
        SetupRow(
            "another tool of a similar name",
            "{gateway: {tools: {allow: ['sessions_send_all', \"Sessions_Send\"]}}}",
            "{gateway: {tools: {allow: ['sessions_send_all', \"Sessions_Send\", 'sessions_send']}}}"),
        SetupRow(
            "denied, alone",
            "{gateway: {tools: {deny: ['sessions_send']}}}",
            "{gateway: {tools: {deny: [], allow: [\"sessions_send\"]}}}"
        ).saying("gateway.tools.deny").uninstalled("{gateway: {tools: {deny: []}}}"),
        SetupRow(
            "denied beside others, and allowed",
            "{gateway: {tools: {deny: ['cron', 'sessions_send', 'nodes'], allow: ['sessions_send']}}}",
            "{gateway: {tools: {deny: ['cron', 'nodes'], allow: ['sessions_send']}}}"
        ).uninstalled("{gateway: {tools: {deny: ['cron', 'nodes'], allow: ['sessions_send']}}}"),
        SetupRow(
            "denied twice, with remarks",
            """
            {
              "gateway": {
                "tools": {
                  "deny": [
                    "sessions_send", // one
                    // two
                    "sessions_send"
                  ],
                  "allow": ["sessions_send"]
                }
              }
            }

            """,
            """
            {
              "gateway": {
                "tools": {
                  "deny": [
                    // one
                    // two
                  ],
                  "allow": ["sessions_send"]
                }
              }
            }

            """
        ).uninstalled(
            """
            {
              "gateway": {
                "tools": {
                  "deny": [
                    // one
                    // two
                  ],
                  "allow": ["sessions_send"]
                }
              }
            }

            """),
        SetupRow(
            "misplaced, and nothing else in tools",
            "{\n  \"tools\": {\n    \"allow\": [\"sessions_send\"]\n  },\n  \"gateway\": {}\n}\n",
            "{\n  \"gateway\": {\n    \"tools\": {\n      \"allow\": [\"sessions_send\"]\n    }\n  }\n}\n"
        ).saying("tools.allow lists nothing but sessions_send").uninstalled("{\n  \"gateway\": {}\n}\n"),
        SetupRow(
            "misplaced, and tools holds more",
            "{tools: {allow: ['sessions_send'], profile: 'full'}, gateway: {tools: {allow: ['sessions_send']}}}",
            "{tools: {profile: 'full'}, gateway: {tools: {allow: ['sessions_send']}}}"
        ).uninstalled("{tools: {profile: 'full'}, gateway: {tools: {allow: ['sessions_send']}}}"),
        SetupRow(
            "listed at the top beside others: that stays",
            "{tools: {allow: ['exec', 'sessions_send']}, gateway: {tools: {allow: []}}}",
            "{tools: {allow: ['exec', 'sessions_send']}, gateway: {tools: {allow: ['sessions_send']}}}"),
        SetupRow(
            "a list at the top without it: said, nothing is written there",
            "{tools: {allow: ['exec']}, gateway: {tools: {allow: [\"sessions_send\"]}}}"
        ).saying("tools.allow is without sessions_send. Cure: openclaw config set tools.allow"),
        SetupRow(
            "denied at the top: said, nothing is written there",
            "{tools: {deny: ['group:sessions']}, gateway: {tools: {allow: [\"sessions_send\"]}}}"
        ).saying("tools.deny takes sessions_send away. Cure: openclaw config set tools.deny"),
        SetupRow(
            "the minimal profile: said",
            "{tools: {profile: 'minimal'}, gateway: {tools: {allow: [\"sessions_send\"]}}}"
        ).saying("tools.profile is minimal"),
        SetupRow("--no-patch-gateway: only the text to paste", "{gateway: {tools: {allow: ['cron']}}}")
            .with(flags: "--no-patch-gateway").saying(
                #"gateway: { tools: { allow: ["cron", "sessions_send"] } }"#,
                #"openclaw config set gateway.tools.allow '["cron","sessions_send"]' --strict-json"#),
        SetupRow("a gateway elsewhere: only the text to paste", "{gateway: {port: 1}}")
            .with(flags: "--gateway-url", "https://gateway.example").saying(
                "not on this machine", #"gateway: { tools: { allow: ["sessions_send"] } }"#),
        SetupRow(
            "a gateway elsewhere, but the file is to be changed",
            "{gateway: {tools: {allow: []}}}", "{gateway: {tools: {allow: [\"sessions_send\"]}}}"
        ).with(flags: "--gateway-url", "https://gateway.example", "--patch-gateway"),
    ]

    /// The voice agent.
    static let agents = [
        SetupRow(
            "no agents: the default one is listed first",
            "{\n  gateway: {tools: {allow: ['sessions_send']}},\n  agents: {\n    defaults: {workspace: '/w'},\n  },\n}\n",
            """
            {
              gateway: {tools: {allow: ['sessions_send']}},
              agents: {
                defaults: {workspace: '/w'},
                list: [
                  {
                    id: 'main',
                    default: true,
                  },
                  {
                    id: 'voice',
                    name: 'Main Voice',
                    workspace: '/w',
                  },
                ],
              },
            }

            """
        ).with(flags: "--voice-agent"),
        SetupRow(
            "agents.list",
            """
            {
              "gateway": {"tools": {"allow": ["sessions_send"]}},
              "agents": {
                "list": [
                  {
                    "id": "home",
                    "name": "Ada",
                    "workspace": "/ada"
                  }
                ]
              }
            }

            """,
            """
            {
              "gateway": {"tools": {"allow": ["sessions_send"]}},
              "agents": {
                "list": [
                  {
                    "id": "home",
                    "name": "Ada",
                    "workspace": "/ada"
                  },
                  {
                    "id": "voice",
                    "name": "Ada Voice",
                    "workspace": "/ada"
                  }
                ]
              }
            }

            """
        ).with(flags: "--voice-agent"),
        SetupRow(
            "agents.entries",
            "{gateway: {}, agents: {entries: {main: {default: true, workspace: '/m'}}}}",
            "{gateway: {tools: {allow: ['sessions_send']}}, agents: {entries: {main: {default: true, "
                + "workspace: '/m'}, voice: {name: 'Zoe Voice', workspace: '/m'}}}}"
        ).with(flags: "--voice-agent", "--agent-name", "Zoe"),
        SetupRow(
            "an agent voice is there: used, never changed",
            "{gateway: {tools: {allow: ['sessions_send']}}, agents: {list: [{id: 'main'}, {id: 'Voice', x: 1}]}}"
        ).with(flags: "--voice-agent").saying("There is an agent voice already"),
        SetupRow(
            "agents in another order: the default stays",
            "{gateway: {tools: {allow: ['sessions_send']}}, agents: {list: [{id: 'a'}, {id: 'b', default: true, "
                + "workspace: '/b'}]}}",
            "{gateway: {tools: {allow: ['sessions_send']}}, agents: {list: [{id: 'a'}, {id: 'b', default: true, "
                + "workspace: '/b'}, {id: 'voice', name: 'B Voice', workspace: '/b'}]}}"
        ).with(flags: "--voice-agent"),
        SetupRow(
            "not asked for: no agent is added",
            "{gateway: {tools: {allow: []}}}", "{gateway: {tools: {allow: [\"sessions_send\"]}}}"),
    ]
}
