/// The result of `sessions_history` (shared/spec/gateway.md B7). A failure has no `messages`.
struct SessionHistory: Decodable {
    let rows: [HistoryRow]
    /// The gateway said that there are older rows than these.
    private let isPartial: Bool

    /// How far the gateway's clock may be behind ours, in seconds.
    private static let clockDifference = 2

    private enum Keys: CodingKey { case messages, droppedMessages, hasMore }

    init(from decoder: any Decoder) throws {
        let result = try decoder.container(keyedBy: Keys.self)
        rows = try result.decode([Lenient<HistoryRow>].self, forKey: .messages).compactMap(\.value)
        isPartial = [.droppedMessages, .hasMore].contains {
            (try? result.decode(Bool.self, forKey: $0)) == true
        }
    }

    /// Whether everything since `unixTime` is among these rows.
    /// - Parameter fullCount: of rows that were asked for with those of tools: fewer are all that there are. nil without
    ///   those of tools, which the gateway takes out after it has counted.
    func reaches(_ unixTime: Int, fullCount: Int?) -> Bool {
        if let oldest = rows.lazy.compactMap(\.timestamp).first,
            oldest / 1000 < Double(unixTime - Self.clockDifference)
        {
            return true
        }
        return !isPartial && rows.count < fullCount ?? 0
    }
}
