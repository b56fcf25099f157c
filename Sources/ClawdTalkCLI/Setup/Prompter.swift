import Foundation

/// Gets the answers to setup's questions: from flags, from a person at a terminal, or from the defaults.
struct Prompter {
    /// There is a person to ask.
    let isInteractive: Bool
    /// `--yes`: what has a default is not asked.
    let takesDefaults: Bool

    /// A text. An empty answer takes the default; an empty flag means none at all.
    func text(_ question: String, default value: String?, given: String?) throws -> String? {
        if let given { return given.isEmpty ? nil : given }
        guard isInteractive, !takesDefaults else { return value }
        Console.prompt(question + (value.map { " [\($0)]" } ?? "") + ": ")
        let answer = try typed(Terminal.line()).trimmingCharacters(in: .whitespaces)
        return answer.isEmpty ? value : answer
    }

    /// A text that is not shown.
    /// - Parameters:
    ///   - kept: what an empty answer stands for, in words; nil when there is nothing.
    ///   - missing: what to do when nobody can be asked and there is nothing.
    /// - Returns: nil to keep what there is.
    func secret(_ question: String, kept: String?, missing: String?) throws -> String? {
        if kept != nil || missing == nil, takesDefaults { return nil }
        if kept != nil, !isInteractive { return nil }
        guard isInteractive else {
            guard let missing else { return nil }
            throw CommandFailure(.usage, missing)
        }
        while true {
            Console.prompt(question + (kept.map { " [\($0)]" } ?? "") + ": ")
            let answer = try typed(Terminal.secretLine()).trimmingCharacters(in: .whitespacesAndNewlines)
            if !answer.isEmpty { return answer }
            if kept != nil || missing == nil { return nil }
        }
    }

    /// - Parameter flags: those that answer the question, for the message when nobody can be asked.
    func confirm(_ question: String, default value: Bool, given: Bool?, flags: String) throws -> Bool {
        if let given { return given }
        if takesDefaults { return value }
        guard isInteractive else {
            throw CommandFailure(
                .usage, "an answer is missing: \(question) Give \(flags), or --yes. Nothing was changed.")
        }
        while true {
            Console.prompt("\(question) [\(value ? "Y/n" : "y/N")]: ")
            switch try typed(Terminal.line()).trimmingCharacters(in: .whitespaces).lowercased() {
            case "": return value
            case "y", "yes": return true
            case "n", "no": return false
            default: Console.prompt("Please answer y or n.\n")
            }
        }
    }

    private func typed(_ line: String?) throws -> String {
        guard let line else { throw CommandFailure(.usage, "the input ended. Nothing was changed.") }
        return line
    }
}
