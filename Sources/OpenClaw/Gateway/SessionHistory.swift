/// The result of `sessions_history` (shared/spec/gateway.md B7). A failure has no `messages`.
struct SessionHistory: Decodable {
    let rows: [HistoryRow]
    /// The gateway said that there are older rows than these.
    private let isPartial: Bool

    /// How far the gateway's clock may be behind ours, in seconds.
    private static let clockDifference = 5

    private enum Keys: CodingKey { case messages, droppedMessages, hasMore }

    init(from decoder: any Decoder) throws {
        let result = try decoder.container(keyedBy: Keys.self)
        rows = try result.decode([Lenient<HistoryRow>].self, forKey: .messages).compactMap(\.value)
        isPartial = [.droppedMessages, .hasMore].contains {
            (try? result.decode(Bool.self, forKey: $0)) == true
        }
    }

    /// Whether everything since `unixTime` is among these rows.
    /// - Parameter limit: the rows asked for. The gateway takes out the rows of tools after it has counted, so that a
    ///   window that is only partly full may have left something out.
    func reaches(_ unixTime: Int, limit: Int) -> Bool {
        if let oldest = rows.lazy.compactMap(\.timestamp).first,
            oldest / 1000 < Double(unixTime - Self.clockDifference)
        {
            return true
        }
        return !isPartial && rows.count < limit / 4
    }
}
