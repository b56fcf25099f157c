import Testing

@testable import Wire

@Suite("RFC 9110 §5 Fields")
struct HTTPFieldsTests {
    private let fields = HTTPFields([
        ("Accept", "a"), ("Connection", "keep-alive, Upgrade"), ("ACCEPT", " b ,, c\t,"), ("Empty", ""),
    ])

    @Test("§5.1: names compare without regard to case, and the first value counts")
    func findsValues() {
        #expect(fields["aCCEPT"] == "a")
        #expect(fields["Empty"] == "")
        #expect(fields["Missing"] == nil)
        #expect(fields.values("accept") == ["a", " b ,, c\t,"])
        #expect(fields.values("missing").isEmpty)
    }

    @Test("Setting replaces every entry of that name, at the end; nil removes them")
    func sets() {
        var changed = fields
        changed["accept"] = "z"
        #expect(changed.entries.map(\.name) == ["Connection", "Empty", "accept"])
        #expect(changed.values("Accept") == ["z"])
        changed["CONNECTION"] = nil
        changed["missing"] = nil
        #expect(changed.entries.map(\.name) == ["Empty", "accept"])
    }

    @Test("§5.2: appending keeps what is there")
    func appends() {
        var changed = HTTPFields()
        changed.append("A", "1")
        changed.append("a", "2")
        #expect(changed == HTTPFields([("A", "1"), ("a", "2")]))
        #expect(changed != HTTPFields([("a", "1"), ("a", "2")]))
    }

    @Test("§5.6.1: list members are trimmed, empty ones dropped, over all entries")
    func splitsLists() {
        #expect(fields.listMembers("accept") == ["a", "b", "c"])
        #expect(fields.listMembers("empty").isEmpty)
        #expect(fields.listMembers("missing").isEmpty)
    }

    static let tokens = [
        ("upgrade", true), ("UPGRADE", true), ("keep-alive", true), ("Upgrad", false), ("alive", false),
        ("", false), ("keep-alive, Upgrade", false),
    ]

    @Test("A token is a whole list member", arguments: tokens)
    func findsTokens(_ token: String, _ isThere: Bool) {
        #expect(fields.hasToken(token, in: "connection") == isThere)
    }
}
