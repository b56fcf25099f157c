import Testing

@testable import JSON5

/// A failure names the texts; the seed makes them again.
@Suite("Property: a change keeps everything else")
struct JSON5EditingPropertyTests {
    static let seeds: ClosedRange<UInt64> = 1...40
    static let samplesPerSeed = 250

    @Test("A text of any value is kept and means what it was made from", arguments: seeds)
    func reads(_ seed: UInt64) throws {
        var generator = JSON5Generator(seed: seed)
        for _ in 0..<Self.samplesPerSeed {
            let sample = generator.anything()
            try JSON5Laws.reading(try Self.parse(sample), Array(sample.text.utf8))
        }
    }

    @Test("An entry is appended by insertion alone, and can be taken back", arguments: seeds)
    func appends(_ seed: UInt64) throws {
        var generator = JSON5Generator(seed: seed)
        for _ in 0..<Self.samplesPerSeed {
            try JSON5Laws.appending(to: try Self.parse(generator.configuration()))
        }
    }

    @Test("A removal takes the item and no comment around it", arguments: seeds)
    func removes(_ seed: UInt64) throws {
        var generator = JSON5Generator(seed: seed)
        for _ in 0..<Self.samplesPerSeed {
            let document = try Self.parse(generator.configuration())
            let removals = JSON5Removal.all(in: document.root)
            guard let removal = removals.randomElement(using: &generator.random) else { continue }
            try JSON5Laws.removing(removal, from: document)
        }
    }

    static func parse(_ sample: JSON5Sample) throws -> JSON5Document {
        let document = try #require(
            try? JSON5Document(parsing: sample.text), "\(sample.text.debugDescription)")
        try BrokenLaw.unless(Sketch(document.root).means(sample.value), "what it was made from", document)
        return document
    }
}
