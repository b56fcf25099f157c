package import ClawdTalkAPI

/// All missions of a state file, by slug.
package struct MissionsState: Equatable, Sendable {
    package private(set) var json: JSONValue

    package init() { json = .empty }

    /// - Returns: nil when it is not an object.
    package init?(_ json: JSONValue) {
        guard json.isObject else { return nil }
        self.json = json
    }

    package var slugs: [String] { json.members.map(\.key) }

    /// nil where nothing, or no object, is under the slug.
    package subscript(slug: String) -> MissionEntry? {
        get { json[slug].flatMap { $0.isObject ? MissionEntry($0) : nil } }
        set { json[slug] = newValue?.json }
    }

    /// The slug whose mission and run are these.
    package func slug(of run: RunPath) -> String? { slugs.first { self[$0]?.run == run } }

    /// The known slug that is most like `slug`; nil when none is much like it.
    package func closest(to slug: String) -> String? {
        slugs.filter { $0 != slug }
            .map { (slug: $0, distance: Self.distance($0, slug)) }
            .filter {
                $0.distance <= max(2, slug.count / 3) || $0.slug.hasPrefix(slug) || slug.hasPrefix($0.slug)
            }
            .min { $0.distance < $1.distance }?.slug
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (number, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = number + 1
            for column in right.indices {
                let changed = diagonal + (right[column] == letter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
