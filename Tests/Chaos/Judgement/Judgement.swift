/// What is wrong with a run, and what went well.
struct Judgement: Sendable {
    private(set) var complaints: [String] = []
    private var counts: [(name: String, count: Int)] = []

    mutating func complain(_ complaint: String) { complaints.append(complaint) }

    mutating func count(_ name: String, _ count: Int) { counts.append((name, count)) }

    var rows: [(name: String, count: Int)] { counts }
}
