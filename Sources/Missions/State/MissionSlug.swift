/// The short name of a mission in the state file (shared/spec/rest-api.md 4).
package enum MissionSlug {
    /// Lower-case letters a-z and digits with single hyphens between them. A name without any of these has a slug of its
    /// own all the same: `mission-` and a hash of the name.
    package static func make(from name: String) -> String {
        let words = name.lowercased().unicodeScalars
            .map { ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "-" }
            .split(separator: "-")
        guard words.isEmpty else { return words.map { String($0) }.joined(separator: "-") }
        let hash = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        return "mission-" + String(hash, radix: 16)
    }
}
