import Missions
import Storage

extension CommandFailure {
    init(_ failure: MissionFailure) {
        switch failure {
        case .unknown(let slug, let closest):
            let cure = closest.map { "Did you mean \($0)?" } ?? "See list-state."
            self.init(.failure, "there is no mission \(Console.printable(slug)). \(Console.printable(cure))")
        case .notStarted(let slug):
            self.init(.failure, "the mission \(Console.printable(slug)) has no run. Begin it: missions init")
        case .noAgent(let slug):
            self.init(
                .failure,
                "the mission \(Console.printable(slug)) has no agent with a number. Run: missions setup-agent"
            )
        case .service(let failure, let deed): self.init(failure, deed)
        case .unread(let failure, let thing): self.init(reading: thing, failure)
        case .noPhone:
            self.init(
                .failure,
                "no telephone number is free; the assistant is kept. Get one in the dashboard, then run this again."
            )
        case .notLinked(let assistant):
            self.init(
                .failure,
                "the service does not list \(Console.printable(assistant)) among the run's agents. Try again."
            )
        case .unreadableRecord(let name):
            self.init(
                .failure,
                "what the autopilot keeps of \(Console.printable(name)) cannot be read; a newer version wrote it perhaps. "
                    + "Nothing is done for it.")
        case .callsOpen(let count):
            self.init(
                .failure,
                "\(count) calls and texts are still scheduled. Run missions cancel-remaining first, or say --keep-calls."
            )
        case .busy:
            self.init(.notYet, "another process works on the missions just now. Try again in a moment.")
        }
    }

    init(_ fault: StorageFailure) {
        self.init(.cannotWrite, "\(fault.path): \(fault.problem). Nothing of it changed. \(fault.cure)")
    }
}
