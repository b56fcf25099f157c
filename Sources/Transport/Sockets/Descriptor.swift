import Foundation

/// An open file descriptor, closed when its owner goes. It cannot be copied, so its number never outlives the file behind
/// it, and no two owners close it.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// - Parameter number: a descriptor that nobody else closes.
    init(owning number: Int32) { self.number = number }

    deinit { _ = Foundation.close(number) }
}
