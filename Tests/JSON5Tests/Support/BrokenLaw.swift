@testable import JSON5

/// Why a text breaks a law, with the text.
struct BrokenLaw: Error, CustomStringConvertible {
    let description: String

    /// - Parameter texts: what shows it, before and after.
    static func unless(_ holds: Bool, _ law: String, _ texts: JSON5Document...) throws(BrokenLaw) {
        guard !holds else { return }
        throw BrokenLaw(description: ([law] + texts.map(\.text.debugDescription)).joined(separator: "\n"))
    }
}
