import ArgumentParser
import ClawdTalkAPI

/// An argument that is to be JSON (RFC 8259).
struct JSONArgument: ExpressibleByArgument {
    private let parsed: JSONValue?

    init(argument: String) { parsed = JSONValue(parsing: argument) }

    /// - Parameter what: as in "the input".
    func value(_ what: String) throws -> JSONValue {
        guard let parsed else {
            throw ValidationError(
                "\(what) is not JSON. Put it into single quotes, like '{\"key\": \"value\"}'.")
        }
        return parsed
    }
}
