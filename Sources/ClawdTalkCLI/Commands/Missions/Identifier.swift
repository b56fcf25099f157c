import ArgumentParser

/// An id of the service's, which becomes a part of a request's path.
struct Identifier: ExpressibleByArgument {
    let text: String

    /// nil for what would make the path lead to something else: nothing, `.` and `..`.
    init?(argument: String) {
        guard !["", ".", ".."].contains(argument) else { return nil }
        text = argument
    }

    /// The text of a word that may be missing.
    /// - Parameter missing: the line for one that is.
    /// - Throws: ``CommandFailure`` with status 64.
    static func required(_ word: String, missing: String) throws -> String {
        let word = try Words(word).required(missing)
        guard let id = Identifier(argument: word) else { throw CommandFailure(.usage, "\(word) is no id.") }
        return id.text
    }
}
