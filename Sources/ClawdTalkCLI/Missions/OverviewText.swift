import Missions

/// How a mission stands, for people.
struct OverviewText {
    private let overview: MissionOverview

    init(_ overview: MissionOverview) { self.overview = overview }

    func show(asJSON isJSON: Bool) {
        if isJSON { Console.json(overview) } else { lines.forEach(Console.out) }
    }

    private var lines: [String] {
        var lines = [
            "\(overview.name ?? overview.slug): run \(overview.run_id) \(overview.run_status)", "",
        ]
        var steps = TextTable(["STEP", "STATUS", "DESCRIPTION"])
        for step in overview.steps { steps.add([step.id, step.status, step.description]) }
        if !steps.isEmpty { lines += steps.lines + [""] }
        var calls = TextTable(["NUMBER", "STEP", "KIND", "STATE", "TRY", "TIME", "NEXT LOOK"])
        for call in overview.calls {
            calls.add([
                call.to, call.step ?? "-", call.channel, call.state, "\(call.attempt)", call.scheduled_at,
                call.next_look_at ?? "-",
            ])
        }
        lines += calls.isEmpty ? ["No calls or texts are known yet."] : calls.lines
        if let next = overview.next_call_at { lines += ["", "Next: \(next)"] }
        if overview.untold > 0 {
            lines.append("\(overview.untold) things wait to be told to the service or the agent.")
        }
        return lines.map(Console.printable)
    }
}
