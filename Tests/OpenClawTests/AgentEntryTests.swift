import Testing

@testable import OpenClaw

@Suite("gateway.md C6: the agents and their workspaces")
struct AgentEntryTests {
    @Test(
        "the default one",
        arguments: [
            ("{}", [], "main"), ("{agents: {list: []}}", [], "main"),
            ("{agents: {list: [{id: 'a'}, {id: 'b'}]}}", ["a", "b"], "a"),
            ("{agents: {list: [{id: 'a'}, {id: 'b', default: true}]}}", ["a", "b"], "b"),
            ("{agents: {list: [{id: 'a', default: true}, {id: 'b', default: true}]}}", ["a", "b"], "a"),
            ("{agents: {list: [{id: 'a', default: 'yes'}, 5, {}]}}", ["a", "main"], "a"),
            ("{agents: {entries: {a: {}, B: {default: true}}}}", ["a", "b"], "b"),
            ("{agents: {list: [{id: 'x'}], entries: {a: {}}}}", ["a"], "a"),
            ("{agents: {list: [{id: 'My Agent!'}]}}", ["my-agent-"], "my-agent-"),
            ("{agents: 5}", [], "main"),
        ] as [(String, [String], String)])
    func defaults(text: String, ids: [String], expected: String) throws {
        let configuration = try OpenClawSample(text).load()
        #expect(configuration.agents.map(\.id) == ids)
        #expect(configuration.defaultAgent.id == expected)
    }

    @Test(
        "the workspace",
        arguments: [
            ("{}", "main", "/h/.openclaw/workspace"),
            ("{agents: {list: [{id: 'main', workspace: '~/w'}]}}", "main", "/h/w"),
            ("{agents: {list: [{id: 'main', workspace: ''}]}}", "main", "/h/.openclaw/workspace"),
            ("{agents: {defaults: {workspace: '/d'}}}", "main", "/d"),
            ("{agents: {defaults: {workspace: '/d'}, list: [{id: 'a'}, {id: 'b'}]}}", "b", "/d/b"),
            ("{agents: {list: [{id: 'a'}, {id: 'b'}]}}", "b", "/h/.openclaw/workspace-b"),
            ("{agents: {list: [{id: 'a'}, {id: 'b', default: true}]}}", "b", "/h/.openclaw/workspace"),
            ("{agents: {entries: {a: {workspace: '/a'}}}}", "a", "/a"),
            ("{agents: {list: [{id: 'main', workspace: '${W}/x'}]}, env: {W: '/e'}}", "main", "/e/x"),
        ])
    func workspaces(text: String, id: String, expected: String) throws {
        let configuration = try OpenClawSample(text).load()
        let agent = configuration.agent(id) ?? configuration.defaultAgent
        #expect(configuration.workspace(of: agent) == expected)
    }

    @Test(
        "the workspace by the environment",
        arguments: [
            (["OPENCLAW_WORKSPACE_DIR": "/e"], "/e"),
            (["OPENCLAW_PROFILE": "work"], "/h/.openclaw/workspace-work"),
            (["OPENCLAW_PROFILE": "default"], "/h/.openclaw/workspace"),
        ])
    func environment(environment: [String: String], expected: String) throws {
        let configuration = try OpenClawSample("{}", environment: environment).load()
        #expect(configuration.workspace(of: configuration.defaultAgent) == expected)
    }
}
