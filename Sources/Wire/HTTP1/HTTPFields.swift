/// Header fields in the order they were added; names compare without regard to ASCII case (RFC 9110 §5.1).
package struct HTTPFields: Equatable, Sendable {
    package private(set) var entries: [Entry]

    package struct Entry: Equatable, Sendable {
        package let name: String
        package let value: String
    }

    package init(_ entries: [(String, String)] = []) {
        self.entries = entries.map { Entry(name: $0.0, value: $0.1) }
    }

    /// The first value under `name`, or nil. Setting replaces every entry of that name; nil removes them.
    package subscript(name: String) -> String? {
        get { entries.first { ASCII.equalsIgnoringCase($0.name, name) }?.value }
        set {
            entries.removeAll { ASCII.equalsIgnoringCase($0.name, name) }
            if let newValue { entries.append(Entry(name: name, value: newValue)) }
        }
    }

    mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

    package mutating func append(_ name: String, _ value: String) {
        entries.append(Entry(name: name, value: value))
    }

    /// Every value under `name`, one for each entry, in order.
    package func values(_ name: String) -> [String] {
        entries.filter { ASCII.equalsIgnoringCase($0.name, name) }.map(\.value)
    }

    /// The comma-separated list members under `name` over all entries, trimmed, empty ones dropped (RFC 9110
    /// §5.6.1).
    package func listMembers(_ name: String) -> [String] {
        var members: [String] = []
        for entry in entries where ASCII.equalsIgnoringCase(entry.name, name) {
            // Most have one member.
            guard entry.value.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }) else {
                if !entry.value.isEmpty { members.append(entry.value) }
                continue
            }
            for part in entry.value.utf8.split(separator: UInt8(ascii: ",")) {
                let member = ASCII.trimmed(Substring(part))
                if !member.isEmpty { members.append(String(member)) }
            }
        }
        return members
    }

    /// Whether a list field has a member equal to `token`, case ignored.
    package func hasToken(_ token: String, in name: String) -> Bool {
        listMembers(name).contains { ASCII.equalsIgnoringCase($0, token) }
    }
}
