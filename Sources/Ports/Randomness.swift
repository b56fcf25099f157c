/// Chance, given from outside.
package struct Randomness {
    /// From 0 to 1.
    package let unit: () -> Double
    /// Any 32 bits, each as likely as every other.
    package let word: () -> UInt32

    package init(unit: @escaping () -> Double, word: @escaping () -> UInt32) {
        (self.unit, self.word) = (unit, word)
    }

    package static var system: Randomness {
        Randomness(unit: { .random(in: 0...1) }, word: { .random(in: .min ... .max) })
    }
}
