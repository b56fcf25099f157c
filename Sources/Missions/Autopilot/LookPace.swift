/// When an appointment is looked at again, in seconds. Each pause is drawn from a range, so that many do not come at once.
enum LookPace {
    typealias Draw = @Sendable (ClosedRange<Int>) -> Int

    /// The first look at one that was scheduled just now comes so long after its time.
    static let firstAfterItsTime = 120
    static let insights = 10
    static let mostInsightLooks = 30
    /// An appointment whose call has failed while the appointment goes on: the service may try again itself, for so long.
    static let patience = 3_600

    /// - Parameter due: seconds until its time, less than zero after it.
    static func pending(due: Int, _ draw: Draw) -> Int {
        switch due {
        case 86_400...: draw(14_400...28_800)
        case 3_600...: draw(900...1_800)
        case 1_800...: draw(300...900)
        case 300...: draw(120...300)
        default: 30
        }
    }

    static func ringing(_ draw: Draw) -> Int { draw(60...120) }
    static func inProgress(_ draw: Draw) -> Int { draw(120...180) }

    /// Until a number is tried again.
    static func retry(after outcome: Appointment.Outcome, _ draw: Draw) -> Int {
        switch outcome {
        case .busy: draw(600...900)
        case .failed: draw(300...600)
        default: 7_200
        }
    }

    /// After requests that failed, so many times in a row, when the service does not say how long to wait.
    static func pause(afterFailures failures: Int) -> Int { min(30 << min(failures, 5), longestOwnPause) }

    static let longestOwnPause = 900
    /// A header of the service must not silence us for good.
    static let longestPause = 3_600
    /// From the time of an appointment, or from now, until it is looked at.
    static let longestUntilLook = 28_800
}
