/// What is wrong with the configuration, as one line: where, what, and the cure. Exit status 78.
package struct ConfigurationError: Error, Equatable, Sendable {
    /// The file or the environment variable.
    package let place: String
    package let key: String?
    package let problem: String
    package let cure: String

    package init(place: String, key: String? = nil, problem: String, cure: String) {
        (self.place, self.key, self.problem, self.cure) = (place, key, problem, cure)
    }

    package var line: String {
        "\(place)\(key.map { ", key \($0)" } ?? ""): \(problem). \(cure)"
    }
}
