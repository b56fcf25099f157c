/// Makes random JSON5 texts together with what they mean, so that neither is judged by the code under test.
///
/// Each text has a manner of its own: between its tokens stands what a person or a program writes, or at
/// times any white space and comments that JSON5 allows there.
struct JSON5Generator {
    var random: SeededGenerator
    var text = ""
    /// Steps from the outermost value, for the indentation.
    var level = 0
    var manner = JSON5Manner()
    /// Comments are numbered, so that no two of a text are the same.
    var comments = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A document whose outermost value is an object with, in most cases, a part of `gateway.tools.allow`.
    mutating func configuration() -> JSON5Sample {
        document { $0.object(at: JSON5Laws.list[...]) }
    }

    /// A document of any value.
    mutating func anything() -> JSON5Sample {
        document { $0.value(depth: 0) }
    }

    private mutating func document(_ root: (inout Self) -> Sketch) -> JSON5Sample {
        text = chance(10) ? "\u{FEFF}" : ""
        (level, comments) = (0, 0)
        manner = JSON5Manner(using: &random)
        space(.outside)
        let value = root(&self)
        space(.outside)
        return JSON5Sample(text: text, value: value)
    }

    // MARK: dice

    mutating func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

    mutating func number(below limit: Int) -> Int { Int(truncatingIfNeeded: random.next() >> 33) % limit }

    mutating func pick<T>(_ choices: [T]) -> T { choices[number(below: choices.count)] }
}
