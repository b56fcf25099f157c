/// An assistant to be made (shared/spec/rest-api.md 2, 17).
package struct NewAssistant: Equatable, Sendable {
    package var name: String
    package var instructions: String
    /// nil leaves it to the service.
    package var greeting: String?
    package var model = "openai/gpt-4o"
    package var voice = "Rime.ArcanaV3.astra"
    package var features: [String] = Self.defaultFeatures
    package var tools: JSONValue = Self.defaultTools
    package var description: String?

    package static let defaultFeatures = ["telephony", "messaging"]
    /// Hanging up, and pressing keys in the menus of telephone systems.
    package static let defaultTools: JSONValue = .array([
        .members([
            "type": "hangup",
            "hangup": .members([
                "description": "Ends the call: once goodbyes are said, or when nobody is there to talk to."
            ]),
        ]),
        .members(["type": "send_dtmf", "send_dtmf": .empty]),
    ])

    package init(name: String, instructions: String, greeting: String?) {
        (self.name, self.instructions, self.greeting) = (name, instructions, greeting)
    }

    var body: JSONValue {
        .members([
            "name": .string(name), "model": .string(model), "instructions": .string(instructions),
            "greeting": greeting.map { .string($0) }, "voice": .string(voice), "tools": tools,
            "enabled_features": .array(features.map { .string($0) }),
            "description": description.flatMap { $0.isEmpty ? nil : .string($0) },
        ])
    }
}
