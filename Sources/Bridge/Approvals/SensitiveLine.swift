/// A verb and the objects that make it sensitive.
struct SensitiveLine: Equatable, Sendable {
    let verb: [String]
    /// As they are spoken, singular and plural; those of one word apart.
    private let objects: Set<String>
    private let longObjects: [[String]]

    /// - Parameter text: `verb: object, object`; nil when it is anything else.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        verb = SpokenWords(parts[0]).words
        let singular = parts[1].split(separator: ",").map { SpokenWords($0).words }.filter { !$0.isEmpty }
        let all = singular + singular.map { $0.dropLast() + [Self.plural($0[$0.count - 1])] }
        objects = Set(all.filter { $0.count == 1 }.map { $0[0] })
        longObjects = all.filter { $0.count > 1 }
        if verb.isEmpty || all.isEmpty { return nil }
    }

    func hasObject(in words: ArraySlice<String>) -> Bool {
        words.contains(where: objects.contains)
            || longObjects.contains { object in words.indices.contains { words[$0...].starts(with: object) } }
    }

    /// Of a verb of one word: deleted, dropped, sent.
    var participle: String? {
        guard verb.count == 1 else { return nil }
        let word = verb[0]
        if let irregular = Self.irregular[word] { return irregular }
        if word.hasSuffix("e") { return word + "d" }
        return Self.doubling.contains(word) ? word + word.suffix(1) + "ed" : word + "ed"
    }

    private static let irregular = [
        "send": "sent", "pay": "paid", "buy": "bought", "sell": "sold", "give": "given",
    ]
    private static let doubling: Set<String> = ["drop", "stop"]

    private static func plural(_ word: String) -> String {
        if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
            return word.dropLast() + "ies"
        }
        return word.hasSuffix("s") || word.hasSuffix("x") || word.hasSuffix("ch") ? word + "es" : word + "s"
    }
}
