/// A telephone number as a request carries it: E.164 where that is certain (ITU-T E.164, at most 15 digits), and ten
/// digits as they are, which may be a number of more than one country.
package struct TelephoneNumber: Equatable, Sendable {
    package let text: String

    /// Digits after the country's `+`; fewer are numbers of a town or of a service.
    private static let internationalDigits = 7...15

    /// - Returns: nil when it is not certain which number is meant, or that it is one.
    package init?(_ typed: String) {
        guard let text = Self.text(of: Self.trimmed(typed)) else { return nil }
        self.text = text
    }

    private static func text(of typed: String) -> String? {
        guard holdsOnlyNumberCharacters(typed), !holdsTrunkZero(typed) else { return nil }
        let digits = String(typed.filter(isDigit))
        return switch (typed.hasPrefix("+"), digits.hasPrefix("00"), digits.count) {
        case (true, _, _): international(digits)
        case (_, true, _): international(String(digits.dropFirst(2)))
        case (_, _, 11) where isNorthAmerican(digits): "+" + digits
        case (_, _, 10): digits
        default: nil
        }
    }

    private static func international(_ digits: String) -> String? {
        internationalDigits.contains(digits.count) && digits.first != "0" ? "+" + digits : nil
    }

    /// Whether a text is meant as a number, right or wrong: it holds nothing else, and begins with `+` or `00`, or has
    /// ten digits and more.
    package static func isMeant(by text: String) -> Bool {
        let text = trimmed(text)
        let digits = text.count(where: isDigit)
        guard holdsOnlyNumberCharacters(text), digits > 0 else { return false }
        return text.hasPrefix("+") || text.hasPrefix("00") || digits >= 10
    }

    /// Whether a text is a number in E.164 exactly: a `+` and digits, nothing else.
    package static func isE164(_ text: String) -> Bool { text.wholeMatch(of: /\+[1-9][0-9]{6,14}/) != nil }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// Digits with what is written between them, and a `+` in front of all.
    private static func holdsOnlyNumberCharacters(_ text: String) -> Bool {
        text.hasPrefix("+") && text.count > 1
            ? text.dropFirst().allSatisfy(isNumberCharacter) : text.allSatisfy(isNumberCharacter)
    }

    private static func isNumberCharacter(_ character: Character) -> Bool {
        isDigit(character) || "-.()/ \u{A0}\u{2011}".contains(character)
    }

    /// `+44 (0)20 …` is dialled without that zero, `+39 (0)6 …` with it.
    private static func holdsTrunkZero(_ text: String) -> Bool { text.contains("(0)") }

    /// 1, an area and an exchange that both begin with 2 to 9, and four digits.
    private static func isNorthAmerican(_ digits: String) -> Bool {
        digits.wholeMatch(of: /1[2-9][0-9]{2}[2-9][0-9]{6}/) != nil
    }
}
