/// One run of one mission.
package struct RunPath: Equatable, Sendable {
    package let mission: String
    package let run: String

    package init(mission: String, run: String) { (self.mission, self.run) = (mission, run) }

    var path: [String] { ["missions", mission, "runs", run] }
}
