package import Foundation

/// How a mission stands after a round.
package struct MissionRound: Equatable, Sendable {
    /// The run is closed, and everybody knows.
    package let isFinished: Bool
    /// When the next round has something to do.
    package let next: Date

    package init(isFinished: Bool, next: Date) { (self.isFinished, self.next) = (isFinished, next) }
}
