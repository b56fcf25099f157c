import TestSupport

/// A run of the model gateway's agent, planned when it is asked for.
final class ModelRun {
    enum Kind: Equatable {
        case asked(question: Int)
        case announce(of: Int)
        /// After a turn without words: the gateway asks the agent for more.
        case notice(of: Int)
        case foreign(Int)

        /// The question of ours that it belongs to.
        var question: Int? {
            switch self {
            case .asked(let question), .announce(let question), .notice(let question): question
            case .foreign: nil
            }
        }
    }

    enum Ending: Equatable { case answer(String), silent, failed }

    let kind: Kind
    /// The row that it begins with, at a time.
    let input: (Double) -> String
    /// Rows on the way, and how long after the start each comes.
    var steps: [(delay: Duration, row: String)] = []
    var length = Duration.zero
    var ending = Ending.silent
    /// Written at its end.
    var lastRow: String?
    var onEnd: [(ModelRun) -> Void] = []
    /// Its transcript is no longer the session's.
    var isLost = false
    private(set) var isOver = false

    init(_ kind: Kind, input: @escaping (Double) -> String) { (self.kind, self.input) = (kind, input) }

    func end() {
        isOver = true
        let told = onEnd
        onEnd = []
        for tell in told { tell(self) }
    }
}

/// A session of the model gateway: its rows, and one run after another.
final class ModelSession {
    private let time: ManualTime
    private(set) var rows: [String] = []
    private(set) var current: ModelRun?
    private var queue: [ModelRun] = []
    private(set) var startedAt = 0
    private(set) var endedAt = 0
    /// Runs that the gateway will begin by itself behind one of ours.
    var promised = 0

    init(time: ManualTime) { self.time = time }

    var isRunning: Bool { current != nil }
    /// The questions of ours that something is still done for.
    var questions: [Int] { ([current].compactMap { $0 } + queue).compactMap(\.kind.question) }

    func add(_ run: ModelRun) {
        queue.append(run)
        startNext()
    }

    /// A new transcript, without anything of the old one.
    func lose() {
        rows = []
        for run in [current].compactMap({ $0 }) + queue { run.isLost = true }
    }

    /// The run is broken off.
    func abort(_ run: ModelRun) {
        queue.removeAll { $0 === run }
        guard current === run else { return }
        run.ending = .failed
        run.lastRow = Row.said("", stop: "aborted", id: "x\(rows.count)", at: now)
        finish(run)
    }

    var now: Double { (time.now / .milliseconds(1)) + 1_000_000_000 }

    private func startNext() {
        guard current == nil, !queue.isEmpty else { return }
        let run = queue.removeFirst()
        current = run
        startedAt = Int(now)
        write(run, run.input(now))
        for step in run.steps {
            time.schedule(after: step.delay) { [weak self] in
                if self?.current === run { self?.write(run, step.row) }
            }
        }
        time.schedule(after: run.length) { [weak self] in self?.finish(run) }
    }

    private func write(_ run: ModelRun, _ row: String) { if !run.isLost { rows.append(row) } }

    private func finish(_ run: ModelRun) {
        guard current === run else { return }
        if let row = run.lastRow { write(run, row) }
        current = nil
        endedAt = Int(now)
        run.end()
        startNext()
    }

    /// A message of another channel that is taken into the run that goes on.
    func insert(_ row: String) { rows.append(row) }
}
