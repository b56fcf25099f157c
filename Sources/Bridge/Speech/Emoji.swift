/// Pictures are not speech. Digits, letters of every script and ordinary signs are.
enum Emoji {
    static func removed(from text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0xE2 }) else { return text }
        var kept = ""
        for character in text { kept += spoken(character) }
        return kept
    }

    private static func spoken(_ character: Character) -> String {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return "" }
        let isPicture =
            first.properties.isEmojiPresentation || first.value >= 0x2190 && first.properties.isEmoji
            || scalars.contains { $0 == "\u{FE0F}" || $0 == "\u{20E3}" }
        guard isPicture else { return String(character) }
        // A key cap is its digit, and © ® ™ are words.
        return first.isASCII || ["\u{A9}", "\u{AE}", "\u{2122}"].contains(first)
            ? String(Character(first)) : " "
    }
}
