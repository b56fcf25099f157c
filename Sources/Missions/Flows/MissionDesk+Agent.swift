package import ClawdTalkAPI

extension MissionDesk {
    package struct Agent: Equatable, Sendable {
        package let assistant: String
        /// The run that it is linked to; nil when the mission has none.
        package let run: RunPath?
        package let phone: String
    }

    /// Gives a mission its assistant, linked to the run, and the assistant a number: what is there already is used,
    /// what is missing is made.
    /// - Throws: ``MissionFailure``; `noPhone` when no number is free, and the assistant is kept for the next try.
    package func setUpAgent(_ slug: String, _ assistant: NewAssistant, mayCreate: Bool) async throws -> Agent
    {
        let state = try file.read()
        guard let entry = state[slug] ?? (mayCreate ? MissionEntry() : nil) else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        let id = try await assistantID(entry, assistant, slug)
        if let run = entry.run { try await link(id, to: run) }
        let phone = try await phone(entry, of: id, slug)
        return Agent(assistant: id, run: entry.run, phone: phone)
    }

    private func assistantID(_ entry: MissionEntry, _ assistant: NewAssistant, _ slug: String) async throws
        -> String
    {
        if let id = entry.assistantID { return id }
        let id = try await step("the assistant was not made") { () throws(RESTFailure) in
            try await client.createAssistant(assistant).requiredID("id", "assistant_id")
        }
        try file.update(slug) { $0.assistantID = id }
        return id
    }

    /// Looks whether the link is there, and makes it when it is not.
    package func link(_ assistant: String, to run: RunPath) async throws(MissionFailure) {
        if try await isLinked(assistant, to: run) { return }
        try await step("the assistant was not linked to the run") { () throws(RESTFailure) in
            try await client.linkAgent(run, assistant)
        }
        guard try await isLinked(assistant, to: run) else { throw .notLinked(assistant) }
    }

    func isLinked(_ assistant: String, to run: RunPath) async throws(MissionFailure) -> Bool {
        try await reading("the list of the run's agents") { () throws(RESTFailure) in
            try await client.linkedAgents(run).contains { $0["telnyx_agent_id"]?.identifier == assistant }
        }
    }

    private func phone(_ entry: MissionEntry, of assistant: String, _ slug: String) async throws -> String {
        if let number = entry.agentPhone, entry.json["is_phone_assigned"]?.bool == true { return number }
        let connection = try await reading("the assistant's connection") {
            () throws(RESTFailure) in
            guard let id = try await client.connectionID(of: assistant, feature: "telephony") else {
                throw .unreadable("something without connection_id")
            }
            return id
        }
        let (id, number) = try await freePhone(entry)
        try file.update(slug) { ($0.phoneNumberID, $0.agentPhone) = (id, number) }
        try await step("the number was not assigned to the assistant") { () throws(RESTFailure) in
            try await client.assignPhone(id, to: connection, type: "voice")
        }
        try file.update(slug) { $0.json["is_phone_assigned"] = true }
        return number
    }

    private func freePhone(_ entry: MissionEntry) async throws(MissionFailure) -> (id: String, number: String)
    {
        if let id = entry.phoneNumberID, let number = entry.agentPhone { return (id, number) }
        let phone = try await reading("the free number") { () throws(RESTFailure) in
            try await client.availablePhone()
        }
        guard let phone else { throw .noPhone }
        return try await reading("the free number") { () throws(RESTFailure) in
            (try phone.requiredID("id"), try phone.requiredID("phone_number"))
        }
    }
}
