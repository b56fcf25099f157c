import ClawdTalkAPI

/// What one round works on.
final class RoundWork {
    let slug: String
    let run: RunPath
    /// As the service gave it in this round.
    var plan: MissionPlan?

    init(slug: String, run: RunPath) { (self.slug, self.run) = (slug, run) }
}
