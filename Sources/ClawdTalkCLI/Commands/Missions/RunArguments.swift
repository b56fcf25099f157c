import ArgumentParser
import ClawdTalkAPI

/// A mission and one of its runs.
struct RunArguments: ParsableArguments {
    @Argument(help: "The mission's id.") var mission: Identifier
    @Argument(help: "The run's id.") var run: Identifier

    var path: RunPath { RunPath(mission: mission.text, run: run.text) }
}
