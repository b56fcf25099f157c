/// Remembers the last ids, to notice one that comes again.
struct RecentIDs<ID: Hashable> {
    private var known: Set<ID> = []
    private var order: [ID] = []
    private var oldest = 0
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// - Returns: false when the id is known.
    mutating func insert(_ id: ID) -> Bool {
        guard known.insert(id).inserted else { return false }
        if order.count < capacity {
            order.append(id)
        } else {
            known.remove(order[oldest])
            order[oldest] = id
            oldest = (oldest + 1) % capacity
        }
        return true
    }
}
