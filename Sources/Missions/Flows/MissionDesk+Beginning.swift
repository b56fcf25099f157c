package import ClawdTalkAPI

extension MissionDesk {
    /// A mission to begin, or to go on with.
    package struct Beginning: Sendable {
        package let name: String
        package let instructions: String
        /// What the owner asked for, in his own words.
        package let request: String
        /// A list of steps, each with `step_id`, `description` and `sequence`; nil makes no plan.
        package let steps: JSONValue?

        package init(name: String, instructions: String, request: String, steps: JSONValue?) {
            (self.name, self.instructions, self.request, self.steps) = (name, instructions, request, steps)
        }
    }

    package struct Begun: Equatable, Sendable {
        package let slug: String
        package let run: RunPath
        /// Whether a mission of this name was under way before.
        package let isResumed: Bool
        /// The name that was given when the slug was first used, where it is another one.
        package let otherName: String?
    }

    /// Makes what is missing: the mission, its run, its plan, and the run's status `running`. A finished mission of that
    /// name goes into the archive first.
    package func begin(_ mission: Beginning) async throws -> Begun {
        let slug = MissionSlug.make(from: mission.name)
        if try file.read()[slug]?.isClosed == true { try await archive(slug) }
        let before = try file.read()[slug] ?? MissionEntry()
        let missionID = try await missionID(before, mission, slug)
        let run = RunPath(mission: missionID, run: try await runID(before, missionID, mission, slug))
        let isKnown = before.run != nil
        if try file.read()[slug]?.json["is_set_up"]?.bool != true {
            try await makePlan(run, mission, mayExist: isKnown)
            try await start(run, mayRun: isKnown)
            try file.update(slug) {
                $0.json["is_set_up"] = true
                $0.status = "running"
            }
        }
        let otherName = before.missionName.flatMap { $0 == mission.name ? nil : $0 }
        return Begun(slug: slug, run: run, isResumed: isKnown, otherName: otherName)
    }

    private func missionID(_ entry: MissionEntry, _ mission: Beginning, _ slug: String) async throws -> String
    {
        if let id = entry.missionID { return id }
        let id = try await step("the mission was not made") { () throws(RESTFailure) in
            try await client.createMission(name: mission.name, instructions: mission.instructions)
                .requiredID("id", "mission_id")
        }
        let now = clock()
        try file.update(slug) {
            ($0.missionName, $0.missionID) = (mission.name, id)
            $0.createdAt = MissionEntry.timestamp(now)
        }
        return id
    }

    private func runID(
        _ entry: MissionEntry, _ missionID: String, _ mission: Beginning, _ slug: String
    ) async throws -> String {
        if let id = entry.runID { return id }
        let id = try await step("the run was not made") { () throws(RESTFailure) in
            let input = JSONValue.members(["original_request": .string(mission.request)])
            return try await client.createRun(of: missionID, input: input).requiredID("run_id", "id")
        }
        try file.update(slug) { $0.runID = id }
        return id
    }

    private func makePlan(_ run: RunPath, _ mission: Beginning, mayExist: Bool) async throws(MissionFailure) {
        guard let steps = mission.steps, steps.isTruthy else { return }
        if mayExist {
            let plan = try await reading("the plan") { () throws(RESTFailure) in
                try await client.plan(run)
            }
            guard MissionPlan(plan).steps.isEmpty else { return }
        }
        try await step("the plan was not made") { () throws(RESTFailure) in
            try await client.createPlan(run, steps: steps)
        }
    }

    private func start(_ run: RunPath, mayRun: Bool) async throws(MissionFailure) {
        if mayRun {
            let status = try await reading("the run") { () throws(RESTFailure) in
                try await client.run(run)["status"]?.string
            }
            guard status == "pending" || status == nil else { return }
        }
        try await step("the run was not started") { () throws(RESTFailure) in
            try await client.updateRun(run, .members(["status": "running"]))
        }
    }
}
