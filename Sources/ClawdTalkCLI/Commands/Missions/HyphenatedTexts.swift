import ArgumentParser

/// Texts that begin with a hyphen, such as `- call them first` or `-5`: the parser takes them for short options, and one
/// with an `h` in it for a wish for help.
enum HyphenatedTexts {
    /// `missions COMMAND` with the options in front and such texts behind `--`; everything else stays as it is.
    static func arranged(_ arguments: [String]) -> [String] {
        let words = arguments.dropFirst(2)
        guard arguments.first == "missions", words.contains(where: isText),
            let command = MissionsCommand.command(named: arguments[1])
        else { return arguments }
        let valued = optionsWithValue(of: command)
        var (options, texts): ([String], [String]) = ([], [])
        var rest = words[...]
        while let word = rest.popFirst(), word != "--" {
            if word.hasPrefix("--") || word == "-h" {
                options.append(word)
                if valued.contains(word), let value = rest.popFirst() { options.append(value) }
            } else {
                texts.append(word)
            }
        }
        return Array(arguments[..<2]) + options + ["--"] + texts + Array(rest)
    }

    /// The word of `call`, `sms`, `approval` and `ask` that is refused: these take nothing for a text that may be an
    /// option mistyped, and a wish for help, which ends with 0, would be a yes to whoever asked for approval.
    static func refused(in arguments: [String]) -> String? {
        guard let noun = arguments.first, ["call", "sms", "approval", "ask"].contains(noun) else {
            return nil
        }
        return arguments.prefix { $0 != "--" }.first(where: isText)
    }

    private static func isText(_ word: String) -> Bool {
        word.hasPrefix("-") && !word.hasPrefix("--") && word != "-" && word != "-h"
    }

    /// As its help has them: `--server <url>`.
    private static func optionsWithValue(of command: any ParsableCommand.Type) -> Set<String> {
        Set(command.helpMessage().matches(of: /\n *(--[a-z-]+) </).map { String($0.output.1) })
    }
}
