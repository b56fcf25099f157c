import Testing

@testable import Bridge

@Suite("How long answers took")
struct AnswerTimesTests {
    private func times(_ seconds: [Double]) -> AnswerTimes {
        seconds.reduce(into: AnswerTimes()) { $0.add(.milliseconds(Int($1 * 1000))) }
    }

    @Test("quantiles are by the nearest rank, of the latest 500")
    func quantiles() {
        let hundred = times((1...100).reversed().map(Double.init))
        #expect(hundred.quantile(0.5) == 50 && hundred.quantile(0.95) == 95 && hundred.quantile(0.99) == 99)
        #expect(times([7]).quantile(0.5) == 7 && times([7]).quantile(0.99) == 7)
        #expect(AnswerTimes().quantile(0.5) == nil)
        let old = times([Double](repeating: 100, count: 10) + [Double](repeating: 1, count: 500))
        #expect(old.quantile(1) == 1 && old.recent.count == 500)
    }

    @Test("buckets hold what took at most their bound, the last one the rest; all are counted")
    func buckets() {
        let some = times([0.25, 0.251, 300, 301])
        #expect(some.counts.count == AnswerTimes.bounds.count + 1)
        #expect(some.counts[0] == 1 && some.counts[1] == 1)
        #expect(some.counts[AnswerTimes.bounds.count - 1] == 1 && some.counts[AnswerTimes.bounds.count] == 1)
        #expect(some.sum == 601.501)
    }
}
