import ClawdTalkAPI

/// What one round works on, with what the service said in it.
final class RoundWork {
    let slug: String
    let run: RunPath
    var plan: MissionPlan?
    var runStatus: String?

    init(slug: String, run: RunPath) { (self.slug, self.run) = (slug, run) }
}
