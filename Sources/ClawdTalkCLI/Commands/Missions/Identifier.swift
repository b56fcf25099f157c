import ArgumentParser

/// An id of the service's, which becomes a part of a request's path.
struct Identifier: ExpressibleByArgument {
    let text: String

    /// nil for what would make the path lead to something else: nothing, `.` and `..`.
    init?(argument: String) {
        guard !["", ".", ".."].contains(argument) else { return nil }
        text = argument
    }
}
