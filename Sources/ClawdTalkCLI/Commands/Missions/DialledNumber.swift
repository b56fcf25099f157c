import ArgumentParser

/// A telephone number as it was typed, without what only helps to read it.
struct DialledNumber: ExpressibleByArgument {
    /// `+` and 8 to 15 digits, or 10 to 15 digits.
    let text: String

    init?(argument: String) {
        let text = argument.filter { !$0.isWhitespace && !".-()".contains($0) }
        guard text.wholeMatch(of: /\+[0-9]{8,15}|[0-9]{10,15}/) != nil else { return nil }
        self.text = text
    }
}
