/// One change of what a document means. Paths are keys from the root.
package enum JSON5Change: Equatable, Sendable {
    /// Adds an element at the end of an array; the array, and objects on the way, are made where they are missing.
    case append(JSON5Value, to: [String])
    /// Sets a member, in place of its value or as the last one; objects on the way are made where missing.
    case set(JSON5Value, at: [String])
    /// Takes an element out of an array.
    case removeElement(Int, from: [String])
    /// Takes a member out of its object, all of its duplicates.
    case removeMember([String])
}
